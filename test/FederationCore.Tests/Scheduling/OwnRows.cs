using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

/// <summary>Requests that KubeFed does not know: strategies, groups, clusters that are not ready, contradictions.</summary>
internal static class OwnRows
{
    public static readonly IReadOnlyList<PlanRequest> All =
    [
        Request(PlanStrategy.FreeCapacity, 30, "*:w0", Clusters("A B C", "", "A=10 B=20 C=30")),
        Request(PlanStrategy.FreeCapacity, 30, "*:w0", Clusters("A B C", "A=5 B=20", "A=10 B=20 C=30")),
        Request(PlanStrategy.FreeCapacity, 30, "*:w0M8", Clusters("A B C", "", "A=10 B=20 C=100")),
        Request(PlanStrategy.FreeCapacity, 80, "*:w0", Clusters("A B C", "", "A=10 B=20 C=30")),
        Request(PlanStrategy.FreeCapacity, 12, "*:m1", Clusters("A B", "A=4", "B=50")),
        Request(PlanStrategy.FreeCapacity, 12, "*:m1", Clusters("A B", "A=4", "A=0 B=0")),
        Request(PlanStrategy.Aggregated, 12, "", Clusters("A B C D", "", "A=10 B=20 C=30 D=5")),
        Request(PlanStrategy.Aggregated, 45, "", Clusters("A B C D", "", "A=10 B=20 C=30 D=5")),
        Request(PlanStrategy.Aggregated, 45, "", Clusters("A B C D", "A=3 D=2", "A=7 B=20 C=30 D=3")),
        Request(PlanStrategy.Aggregated, 25, "", Clusters("A B C D", "B=20 D=5", "A=10 B=10 C=31 D=0"), rebalance: true),
        Request(PlanStrategy.Aggregated, 6, "*:m1", Clusters("A B C", "A=5 B=5 C=5", "A=10 B=10 C=10")),
        Request(PlanStrategy.Aggregated, 100, "*:M20", Clusters("A B C", "", "A=10 B=30 C=30")),
        Groups(10, "", Clusters("cloud own1 own2", "", "own1=4 own2=3"), ["own1", "own2"], ["cloud"]),
        Groups(10, "", Clusters("cloud own1 own2", "cloud=10", "own1=4 own2=3"), ["own1", "own2"], ["cloud"]),
        Groups(5, "", Clusters("cloud own1 own2", "own1=2 own2=2 cloud=1", "own1=2 own2=3"), ["own1", "own2"], ["cloud"]),
        Groups(10, "*:w1 cloud:w1m2", Clusters("cloud own1 own2", "", "own1=40 own2=30"), ["own1", "own2"], ["cloud"]),
        Groups(20, "*:w1M5", Clusters("cloud other own", "", ""), ["own"], ["cloud"]),
        Standing(15, "", "A=5 B=5 C=5", ClusterStanding.Held),
        Standing(18, "", "A=5 B=5 C=5", ClusterStanding.Held),
        Standing(6, "", "A=5 B=5 C=5", ClusterStanding.Held),
        Standing(15, "", "A=5 B=5 C=5", ClusterStanding.Excluded),
        Standing(15, "A:w1M6 B:w1M6 C:w1", "A=5 B=5 C=5", ClusterStanding.Excluded),
        Standing(15, "", "A=8 B=7", ClusterStanding.Open),
        Standing(15, "", "A=8 B=7", ClusterStanding.Open) with { Rebalance = true },
        Request(PlanStrategy.Weighted, 10, "A:w1m6M4 B:w-1 C:m-2w1", Clusters("A B C", "", "")),
        Request(PlanStrategy.Weighted, -3, "", Clusters("A B", "A=1 B=1", "")),
        Request(PlanStrategy.Weighted, 5, "A:w1", Clusters("B C", "", "")),
        Request(PlanStrategy.Weighted, 5, "", []),
        Request(PlanStrategy.Weighted, long.MaxValue, $"A:w{long.MaxValue} B:w{long.MaxValue} C:w1", Clusters("A B C", "", "")),
    ];

    private static PlanRequest Request(
        PlanStrategy strategy, long total, string preferences, IReadOnlyList<PlanCluster> clusters, bool rebalance = false) => new("ns/app", total)
        {
            Strategy = strategy,
            Preferences = PlanText.Preferences(preferences),
            Clusters = clusters,
            Rebalance = rebalance,
        };

    private static PlanRequest Groups(long total, string preferences, IReadOnlyList<PlanCluster> clusters, params string[][] groups) =>
        Request(PlanStrategy.Weighted, total, preferences, clusters) with { OverflowGroups = groups };

    /// <summary>Three clusters, of which the last is not as it should be.</summary>
    private static PlanRequest Standing(long total, string preferences, string current, ClusterStanding last)
    {
        var clusters = Clusters("A B C", current, string.Empty);
        return Request(PlanStrategy.Weighted, total, preferences, [clusters[0], clusters[1], clusters[2] with { Standing = last }]);
    }

    private static IReadOnlyList<PlanCluster> Clusters(string names, string current, string free) => PlanText.Clusters(names, current, string.Empty, free);
}
