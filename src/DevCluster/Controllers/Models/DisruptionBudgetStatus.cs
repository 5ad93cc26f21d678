namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>The status of a disruption budget.</summary>
internal sealed record DisruptionBudgetStatus
{
    public long ObservedGeneration { get; init; }

    public int DisruptionsAllowed { get; init; }

    public int CurrentHealthy { get; init; }

    public int DesiredHealthy { get; init; }

    public int ExpectedPods { get; init; }

    /// <summary>Pods whose eviction was allowed and is not seen yet, and since when.</summary>
    public IReadOnlyDictionary<string, string>? DisruptedPods { get; init; }

    public IReadOnlyList<Condition> Conditions { get => field ?? []; init; }
}
