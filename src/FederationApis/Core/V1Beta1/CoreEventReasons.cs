namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>Reasons of the Events on KubeFedClusters, FederatedTypeConfigs and the KubeFedConfig.</summary>
public static class CoreEventReasons
{
    /// <summary>Warning: a KubeFedCluster, or the Secret that it names, cannot be used.</summary>
    public const string MalformedClusterConfig = "MalformedClusterConfig";

    /// <summary>Warning: a cluster turned not ready.</summary>
    public const string RetrievingClusterHealthFailed = "RetrievingClusterHealthFailed";

    /// <summary>Warning: a cluster denies the control plane rights that it wants.</summary>
    public const string RightsMissing = ClusterConditionTypes.RightsMissing;

    /// <summary>Warning: the token of a cluster could not be renewed before its end.</summary>
    public const string TokenRenewalFailed = "TokenRenewalFailed";

    /// <summary>Warning: a type that is to be propagated is not.</summary>
    public const string PropagationNotStarted = "PropagationNotStarted";

    /// <summary>Normal: the objects of a type that is no longer propagated have lost the control plane's finalizer.</summary>
    public const string FinalizersReleased = "FinalizersReleased";

    /// <summary>Warning: the KubeFedConfig cannot be used, and what was configured before stays in force.</summary>
    public const string InvalidKubeFedConfig = "InvalidKubeFedConfig";
}
