using BenchmarkDotNet.Attributes;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.Micro.Scheduling;

/// <summary>
/// One plan of a thousand replicas for each cluster. Every cluster has a preference of its own with weight, minimum and, every third, a maximum;
/// what runs differs from what is wanted, so that nothing is decided by the first look.
/// </summary>
[MemoryDiagnoser]
public class PlannerBenchmarks
{
    private PlanRequest _request = new("ns/app", 0);

    [Params(10, 100, 1_000, 10_000)]
    public int Clusters { get; set; }

    [ParamsAllValues]
    public PlanStrategy Strategy { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var names = Enumerable.Range(0, Clusters).Select(static i => $"cluster-{i:d5}").ToArray();
        _request = new PlanRequest("shop/frontend", Clusters * 1000L)
        {
            Strategy = Strategy,
            Preferences = names.ToDictionary(static n => n, n => Preference(n, random), StringComparer.Ordinal),
            Clusters = [.. names.Select(n => new PlanCluster(n) { Current = random.Next(0, 900), FreeReplicas = random.Next(0, 4000) })],
        };
    }

    [Benchmark]
    public ReplicaPlan Plan() => ReplicaPlanner.Plan(_request);

    [Benchmark]
    public ReplicaPlan Rebalance() => ReplicaPlanner.Plan(_request with { Rebalance = true });

    private static ReplicaPreference Preference(string name, Random random) =>
        new(random.Next(1, 100), random.Next(0, 20), name[^1] % 3 == 0 ? random.Next(500, 3000) : null);
}
