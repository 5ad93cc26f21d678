namespace KubeFed.FederationApis;

/// <summary>The API groups and versions of the federation.</summary>
public static class FederationGroups
{
    /// <summary>Clusters, type configs, the configuration and recorded versions.</summary>
    public const string Core = "core.kubefed.io";

    /// <summary>The default group of the generated <c>Federated&lt;Kind&gt;</c> types.</summary>
    public const string Types = "types.kubefed.io";

    /// <summary>Replica scheduling.</summary>
    public const string Scheduling = "scheduling.kubefed.io";

    /// <summary>DNS across clusters.</summary>
    public const string MultiClusterDns = "multiclusterdns.kubefed.io";

    /// <summary><c>core.kubefed.io/v1beta1</c>.</summary>
    public const string CoreV1Beta1 = "core.kubefed.io/v1beta1";

    /// <summary><c>core.kubefed.io/v1alpha1</c>.</summary>
    public const string CoreV1Alpha1 = "core.kubefed.io/v1alpha1";

    /// <summary><c>scheduling.kubefed.io/v1alpha1</c>.</summary>
    public const string SchedulingV1Alpha1 = "scheduling.kubefed.io/v1alpha1";

    /// <summary><c>types.kubefed.io/v1beta1</c>, the default of generated types.</summary>
    public const string TypesV1Beta1 = "types.kubefed.io/v1beta1";
}
