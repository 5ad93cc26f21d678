namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>What is shared, among which clusters and how.</summary>
public sealed record ReplicaSchedulingPreferenceSpec
{
    /// <summary>The key of <see cref="Clusters"/> that stands for every cluster without an entry of its own.</summary>
    public const string AllOthers = "*";

    /// <summary>A spec with nothing set; not valid.</summary>
    public static ReplicaSchedulingPreferenceSpec Empty { get; } = new();

    /// <summary>The kind of the federated object, such as <c>FederatedDeployment</c>.</summary>
    public string TargetKind { get; init => field = value ?? ""; } = "";

    /// <summary>Replicas over all clusters; for jobs, pods that run at once. Zero or more.</summary>
    public int TotalReplicas { get; init; }

    /// <summary>One of <see cref="SchedulingStrategies"/>.</summary>
    /// <value>Default <see cref="SchedulingStrategies.Weighted"/>.</value>
    public string Strategy { get; init => field = string.IsNullOrEmpty(value) ? SchedulingStrategies.Weighted : value; } = SchedulingStrategies.Weighted;

    /// <summary>Whether running replicas move when the shares come out otherwise than they run.</summary>
    public bool Rebalance { get; init; }

    /// <summary>Whether only clusters are considered that the placement's selector of the federated object selects.</summary>
    public bool IntersectWithClusterSelector { get; init; }

    /// <summary>What single clusters get, by name or <see cref="AllOthers"/>. Empty: all clusters weigh the same.</summary>
    public IReadOnlyDictionary<string, ClusterPreference> Clusters { get; init => field = value ?? NoClusters; } = NoClusters;

    /// <summary>Groups of clusters in the order in which they are filled; empty: all clusters are one group.</summary>
    public IReadOnlyList<OverflowGroup> Overflow { get; init => field = value ?? []; } = [];

    /// <summary>What becomes of the replicas of a cluster that is not ready; null: they stay.</summary>
    public FailoverPolicy? Failover { get; init; }

    /// <summary>How carefully running replicas are moved.</summary>
    public StabilityPolicy Stability { get; init => field = value ?? StabilityPolicy.Default; } = StabilityPolicy.Default;

    private static IReadOnlyDictionary<string, ClusterPreference> NoClusters { get; } = new Dictionary<string, ClusterPreference>();
}
