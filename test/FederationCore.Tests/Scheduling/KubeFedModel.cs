using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

/// <summary>KubeFed's sharing in rounds, for requests without limits and with nothing running, written as it is described.</summary>
internal static class KubeFedModel
{
    public static Dictionary<string, long> Plan(PlanRequest request)
    {
        var plan = request.Clusters.ToDictionary(static c => c.Name, static _ => 0L);
        var weights = request.Clusters.Select(c => (c.Name, Weight: WeightOf(request, c.Name))).Where(static c => c.Weight >= 0)
            .OrderByDescending(static c => c.Weight).ThenBy(c => PlanOrder.Hash(c.Name, request.Key)).ToArray();
        var sum = weights.Aggregate(Int128.Zero, static (s, c) => s + c.Weight);
        var left = Math.Max(0, request.Total);
        var distributed = left;
        foreach (var (name, weight) in weights)
        {
            var share = sum == 0 ? 0 : (long)Int128.Min((((Int128)distributed * weight) + sum - 1) / sum, left);
            plan[name] = share;
            left -= share;
        }

        return plan;
    }

    private static long WeightOf(PlanRequest request, string name) =>
        request.Preferences.Count == 0 ? 1
        : request.Preferences.TryGetValue(name, out var own) ? own.Weight
        : request.Preferences.TryGetValue(PlanRequest.AnyCluster, out var any) ? any.Weight
        : -1;
}
