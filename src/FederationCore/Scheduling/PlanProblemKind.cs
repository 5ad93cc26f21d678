namespace KubeFed.FederationCore.Scheduling;

/// <summary>What kept a plan from being what was asked for.</summary>
public enum PlanProblemKind
{
    /// <summary>There is no cluster to plan for, or no preference applies to any.</summary>
    NoCluster,

    /// <summary>A number is negative; it counted as zero.</summary>
    NegativeNumber,

    /// <summary>A cluster's minimum is above its maximum; the maximum held.</summary>
    MinimumAboveMaximum,

    /// <summary>The minimums together are more than the total; the clusters that come first got theirs.</summary>
    MinimumsAboveTotal,

    /// <summary>The maximums together are less than the total; the rest is not placed.</summary>
    MaximumsBelowTotal,

    /// <summary>Capacity, readiness or weights of zero left replicas without a place.</summary>
    NoRoom,
}
