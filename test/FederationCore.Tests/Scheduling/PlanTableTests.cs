using System.Text;
using KubeFed.FederationCore.Scheduling;
using KubeFed.TestSupport.Golden;

namespace KubeFed.FederationCore.Tests.Scheduling;

/// <summary>The planner's whole table: what is asked, what is planned, and why.</summary>
public sealed class PlanTableTests
{
    [Test]
    public void Plan_RowsOfKubeFed_MatchTheTable() => GoldenFile.Match("kubefed.txt", Print(KubeFedRows.All.Select(static r => r.Request)));

    [Test]
    public void Plan_RowsOfOurOwn_MatchTheTable() => GoldenFile.Match("ours.txt", Print(OwnRows.All));

    private static string Print(IEnumerable<PlanRequest> requests)
    {
        var text = new StringBuilder();
        foreach (var request in requests)
        {
            Print(request, text);
        }

        return text.ToString();
    }

    private static void Print(PlanRequest request, StringBuilder text)
    {
        var plan = ReplicaPlanner.Plan(request);
        text.Append(request.Total).Append(" replicas").Append(request.Strategy == PlanStrategy.Weighted ? string.Empty : $", {request.Strategy}")
            .Append(request.Rebalance ? ", rebalance" : string.Empty).Append(request.Key.Length == 0 ? string.Empty : $", {request.Key}").Append('\n');
        foreach (var (name, preference) in request.Preferences)
        {
            text.Append($"  {name}: weight {preference.Weight}, {preference.MinReplicas} to {preference.MaxReplicas?.ToString() ?? "any"}\n");
        }

        foreach (var group in request.OverflowGroups)
        {
            text.Append($"  then {string.Join(", ", group)}\n");
        }

        foreach (var (cluster, planned) in request.Clusters.OrderBy(static c => c.Name, StringComparer.Ordinal).Zip(plan.Clusters))
        {
            text.Append($"    {planned.Name}{Known(cluster)} -> {planned.Replicas} {planned.Reason}: {planned.Message}\n");
        }

        foreach (var problem in plan.Problems)
        {
            text.Append($"    {problem.Kind}: {problem.Message}\n");
        }

        text.Append('\n');
    }

    private static string Known(PlanCluster cluster)
    {
        string?[] facts =
        [
            cluster.Current is { } current ? $"runs {current}" : null,
            cluster.Capacity is { } capacity ? $"holds {capacity}" : null,
            cluster.FreeReplicas is { } free ? $"{free} fit" : null,
            cluster.Standing == ClusterStanding.Open ? null : cluster.Standing.ToString(),
        ];
        var known = string.Join(", ", facts.Where(static f => f is not null));
        return known.Length == 0 ? string.Empty : $" ({known})";
    }
}
