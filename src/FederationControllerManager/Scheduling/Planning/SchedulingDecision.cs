using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationControllerManager.Scheduling.Planning;

/// <summary>How the replicas are to be shared, and the next step to there.</summary>
internal sealed record SchedulingDecision
{
    /// <summary>The clusters' parts, by name.</summary>
    public required IReadOnlyList<ClusterDecision> Clusters { get; init; }

    /// <summary>Replicas that no cluster may take.</summary>
    public long Unplaced { get; init; }

    /// <summary>Why the plan is not what was asked for.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; init; } = [];

    /// <summary>Replicas that the next step takes from one cluster for another.</summary>
    public long Moved { get; init; }

    /// <summary>What the rest waits for.</summary>
    public TransitionWait Wait { get; init; }

    /// <summary>Ready replicas that the move under way keeps at least; null while none is.</summary>
    public long? KeptReady { get; init; }

    /// <summary>When to decide anew if nothing changes; null for not before something does.</summary>
    public TimeSpan? RecheckAfter { get; init; }
}
