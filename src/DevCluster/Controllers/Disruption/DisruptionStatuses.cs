using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Disruption;

/// <summary>The status of disruption budgets.</summary>
internal static class DisruptionStatuses
{
    /// <param name="budget">The budget.</param>
    /// <param name="pods">The pods that it selects.</param>
    /// <param name="wanted">How many pods their owners want in all.</param>
    /// <param name="now">The present time.</param>
    public static DisruptionBudgetStatus Of(DisruptionBudget budget, IReadOnlyList<Pod> pods, int wanted, DateTimeOffset now)
    {
        var healthy = pods.Count(static pod => pod.IsActive() && pod.IsReady());
        var (expected, desired) = Bounds(budget.Spec, pods.Count(static pod => !pod.IsTerminal()), wanted);
        var allowed = expected > 0 ? Math.Max(0, healthy - desired) : 0;
        var conditions = allowed > 0
            ? budget.Status.Conditions.With("DisruptionAllowed", Condition.True, "SufficientPods", "", now)
            : budget.Status.Conditions.With("DisruptionAllowed", Condition.False, "InsufficientPods", "", now);
        return new DisruptionBudgetStatus
        {
            ObservedGeneration = budget.Metadata.Generation,
            DisruptionsAllowed = allowed,
            CurrentHealthy = healthy,
            DesiredHealthy = desired,
            ExpectedPods = expected,
            Conditions = [.. conditions.Select(c => c.Type == "DisruptionAllowed" ? c with { ObservedGeneration = budget.Metadata.Generation } : c)],
        };
    }

    private static (int Expected, int Desired) Bounds(DisruptionBudgetSpec spec, int present, int wanted) => spec switch
    {
        { MaxUnavailable: { } most } => (wanted, Math.Max(0, wanted - most.Of(wanted, roundUp: true))),
        { MinAvailable: { IsPercent: true } least } => (wanted, least.Of(wanted, roundUp: true)),
        { MinAvailable: { } least } => (present, least.Value),
        _ => (present, 1),
    };
}
