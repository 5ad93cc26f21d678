namespace KubeFed.FederationCore.Scheduling;

/// <summary>How many replicas go where. The clusters' replicas and <see cref="Unplaced"/> add up to the total that was asked for.</summary>
public sealed record ReplicaPlan
{
    /// <summary>Every candidate, also those that get nothing, sorted by name bytewise.</summary>
    public required IReadOnlyList<ClusterPlan> Clusters { get; init; }

    /// <summary>Replicas that no cluster could take.</summary>
    public required long Unplaced { get; init; }

    /// <summary>Why the plan is not what was asked for; empty when it is.</summary>
    public required IReadOnlyList<PlanProblem> Problems { get; init; }
}
