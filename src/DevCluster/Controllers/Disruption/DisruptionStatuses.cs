using System.Globalization;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Disruption;

/// <summary>The status of disruption budgets.</summary>
internal static class DisruptionStatuses
{
    private static readonly TimeSpan EvictionTimeout = TimeSpan.FromMinutes(2);

    /// <param name="budget">The budget.</param>
    /// <param name="pods">The pods that it selects.</param>
    /// <param name="wanted">How many pods their owners want in all.</param>
    /// <param name="now">The present time.</param>
    public static DisruptionBudgetStatus Of(DisruptionBudget budget, IReadOnlyList<Pod> pods, int wanted, DateTimeOffset now)
    {
        var disrupted = Disrupted(budget, pods, now);
        var healthy = pods.Count(pod => pod.IsActive() && pod.IsReady() && !disrupted.ContainsKey(pod.Name));
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
            DisruptedPods = disrupted.Count == 0 ? null : disrupted,
            Conditions = [.. conditions.Select(c => c.Type == "DisruptionAllowed" ? c with { ObservedGeneration = budget.Metadata.Generation } : c)],
        };
    }

    // What was evicted but is not gone yet counts as gone, for a while.
    private static Dictionary<string, string> Disrupted(DisruptionBudget budget, IReadOnlyList<Pod> pods, DateTimeOffset now) =>
        (budget.Status.DisruptedPods ?? new Dictionary<string, string>(StringComparer.Ordinal))
        .Where(entry => DateTimeOffset.TryParse(entry.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            && now - since < EvictionTimeout
            && pods.Any(pod => pod.Name == entry.Key && !pod.Metadata.IsDeleting))
        .ToDictionary(StringComparer.Ordinal);

    private static (int Expected, int Desired) Bounds(DisruptionBudgetSpec spec, int present, int wanted) => spec switch
    {
        { MaxUnavailable: { } most } => (wanted, Math.Max(0, wanted - most.Of(wanted, roundUp: true))),
        { MinAvailable: { IsPercent: true } least } => (wanted, least.Of(wanted, roundUp: true)),
        { MinAvailable: { } least } => (present, least.Value),
        _ => (present, 1),
    };
}
