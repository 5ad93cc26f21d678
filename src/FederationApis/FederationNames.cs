namespace KubeFed.FederationApis;

/// <summary>Names that every part of the control plane agrees on.</summary>
public static class FederationNames
{
    /// <summary>The namespace of the control plane unless another is given.</summary>
    public const string DefaultNamespace = "kube-federation-system";

    /// <summary>The name of the one KubeFedConfig.</summary>
    public const string KubeFedConfig = "kubefed";

    /// <summary>The FederatedTypeConfig of Namespace; namespaced types cannot run without it.</summary>
    public const string NamespacesTypeConfig = "namespaces";

    /// <summary>The field manager of everything that is applied to members.</summary>
    public const string FieldManager = "kubefed";

    /// <summary>The field manager of what the replica scheduler applies to federated objects.</summary>
    public const string ReplicaScheduler = "replica-scheduler";

    /// <summary>The key of the bearer token in the Secret that a KubeFedCluster names.</summary>
    public const string TokenKey = "token";

    /// <summary>The name of the Lease that elects the controller manager's leader.</summary>
    public const string LeaderLease = "kubefed-controller-manager";
}
