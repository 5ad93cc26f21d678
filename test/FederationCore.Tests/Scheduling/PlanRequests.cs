using FsCheck;
using FsCheck.Fluent;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

/// <summary>Arbitrary requests of few clusters and small numbers, where limits meet and odd replicas matter.</summary>
internal static class PlanRequests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f"];

    public static Arbitrary<PlanRequest> All { get; } = Requests(
        Gen.Elements(PlanStrategy.Weighted, PlanStrategy.FreeCapacity, PlanStrategy.Aggregated), withGroups: true, withLimits: true).ToArbitrary();

    /// <summary>By weight, with all kinds of limits.</summary>
    public static Arbitrary<PlanRequest> Weighted { get; } =
        Requests(Gen.Constant(PlanStrategy.Weighted), withGroups: true, withLimits: true).ToArbitrary();

    /// <summary>By weight alone: no minimum, maximum, capacity, and nothing that runs.</summary>
    public static Arbitrary<PlanRequest> Free { get; } =
        Requests(Gen.Constant(PlanStrategy.Weighted), withGroups: false, withLimits: false).ToArbitrary();

    /// <summary>Another order of a list, by a seed.</summary>
    public static IReadOnlyList<T> Shuffled<T>(IEnumerable<T> items, int seed)
    {
        var list = items.ToArray();
        new Random(seed).Shuffle(list);
        return list;
    }

    /// <summary>The request that follows when a plan has been carried out: it runs what was planned, and what fits has shrunk or grown by that.</summary>
    public static PlanRequest Carried(PlanRequest request, ReplicaPlan plan) => request with
    {
        Clusters =
        [
            .. request.Clusters.Select(cluster =>
            {
                var planned = plan.Clusters.Single(c => c.Name == cluster.Name).Replicas;
                return cluster with { Current = planned, FreeReplicas = cluster.FreeReplicas is { } free ? free + (cluster.Current ?? 0) - planned : null };
            }),
        ],
    };

    private static Gen<string[]> Subset =>
        Gen.Choose(0, (1 << Names.Length) - 1).Select(static bits => Names.Where((_, i) => (bits >> i & 1) == 1).ToArray());

    private static Gen<PlanRequest> Requests(Gen<PlanStrategy> strategies, bool withGroups, bool withLimits) =>
        from strategy in strategies
        from total in Gen.OneOf(Gen.Choose(0, 60).Select(static n => (long)n), Gen.Elements(0, 1, 1_000_003, int.MaxValue, long.MaxValue))
        from names in Gen.SubListOf(Names)
        from clusters in Gen.CollectToList(names, name => Cluster(name, withLimits))
        from preferred in Gen.SubListOf(Names.Append(PlanRequest.AnyCluster))
        from preferences in Gen.CollectToList(preferred, name => Preference(withLimits).Select(p => KeyValuePair.Create(name, p)))
        from rebalance in Gen.Elements(true, false)
        from groupCount in Gen.Choose(0, withGroups ? 3 : 0)
        from first in Subset
        from second in Subset
        from third in Subset
        select new PlanRequest("ns/app", total)
        {
            Clusters = [.. clusters],
            Preferences = new Dictionary<string, ReplicaPreference>(preferences, StringComparer.Ordinal),
            Rebalance = rebalance,
            Strategy = strategy,
            OverflowGroups = [.. new[] { first, second, third }.Take(groupCount)],
        };

    private static Gen<ReplicaPreference> Preference(bool withLimits) =>
        from weight in Gen.OneOf(Gen.Choose(0, 6).Select(static n => (long)n), Gen.Elements(1, 10_000, long.MaxValue - 1, long.MaxValue))
        from least in withLimits ? Gen.Elements<long>(0, 0, 0, 1, 3, 9) : Gen.Constant(0L)
        from most in withLimits ? Gen.Elements<long?>(null, null, 0, 4, 12, 30) : Gen.Constant<long?>(null)
        select new ReplicaPreference(weight, least, most);

    private static Gen<PlanCluster> Cluster(string name, bool withLimits) => withLimits
        ? from current in Gen.OneOf(Gen.Constant<long?>(null), Gen.Choose(0, 25).Select(static n => (long?)n))
          from capacity in Gen.Elements<long?>(null, null, null, 0, 5, 15, -2)
          from free in Gen.Elements<long?>(null, null, 0, 3, 20, 100)
          from standing in Gen.Frequency((6, Gen.Constant(ClusterStanding.Open)), (1, Gen.Constant(ClusterStanding.Held)), (1, Gen.Constant(ClusterStanding.Excluded)))
          select new PlanCluster(name) { Current = current, Capacity = capacity, FreeReplicas = free, Standing = standing }
        : Gen.Constant(new PlanCluster(name));
}
