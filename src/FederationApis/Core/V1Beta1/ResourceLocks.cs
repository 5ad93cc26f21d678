namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>Accepted values of <see cref="LeaderElectConfig.ResourceLock"/>; all mean a Lease.</summary>
public static class ResourceLocks
{
    /// <summary>KubeFed's default.</summary>
    public const string ConfigMaps = "configmaps";

    /// <summary>KubeFed's other choice.</summary>
    public const string Endpoints = "endpoints";

    /// <summary>What is used in fact.</summary>
    public const string Leases = "leases";

    /// <summary>All three.</summary>
    public static IReadOnlyList<string> Known { get; } = [ConfigMaps, Endpoints, Leases];
}
