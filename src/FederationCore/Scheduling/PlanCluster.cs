namespace KubeFed.FederationCore.Scheduling;

/// <summary>A cluster that may get replicas, and what is known of it. Negative numbers count as zero.</summary>
/// <param name="Name">The cluster's name.</param>
public sealed record PlanCluster(string Name)
{
    /// <summary>Replicas that run there now; null when it does not hold the workload.</summary>
    public long? Current { get; init; }

    /// <summary>
    /// The most that can run there, learned from pods that found no node; null when no limit is known. What the cluster would have got above
    /// that is reported as its overflow.
    /// </summary>
    public long? Capacity { get; init; }

    /// <summary>
    /// How many more than <see cref="Current"/> fit on its nodes, null when unknown. Where known it bounds every strategy, so leave it out where
    /// it shall not. A capacity strategy gives a cluster whose room is unknown no more than its minimum or what it has.
    /// </summary>
    public long? FreeReplicas { get; init; }

    /// <summary>Whether it takes part; it does by default.</summary>
    public ClusterStanding Standing { get; init; }
}
