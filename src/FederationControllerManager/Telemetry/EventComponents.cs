namespace KubeFed.FederationControllerManager.Telemetry;

/// <summary>In whose name events are recorded: KubeFed's names, where it has events.</summary>
internal static class EventComponents
{
    public const string Manager = "kubefed-controller-manager";
    public const string Clusters = "kubefedcluster-controller";
    public const string TypeConfigs = "federatedtypeconfig-controller";
    public const string ReplicaScheduling = "replicaschedulingpreference-controller";

    private const string Suffix = "-controller";

    /// <summary>The most that a server takes.</summary>
    private const int MaxLength = 63;

    /// <summary>The controller of a federated type; the whole manager where the kind is too long for a name.</summary>
    public static string OfType(string federatedKind) =>
        federatedKind.Length + Suffix.Length <= MaxLength ? federatedKind.ToLowerInvariant() + Suffix : Manager;
}
