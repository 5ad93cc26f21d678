using FsCheck;
using FsCheck.Fluent;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

public sealed class ReplicaPlannerProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Test]
    public void Plan_Any_AddsUpToTotal() => Prop.ForAll(PlanRequests.All, static request =>
    {
        var plan = ReplicaPlanner.Plan(request);
        var sum = plan.Clusters.Aggregate((Int128)plan.Unplaced, static (s, c) => s + c.Replicas);
        return sum == request.Total && plan.Unplaced >= 0 && plan.Clusters.Count == request.Clusters.Count;
    }).Check(Many);

    [Test]
    public void Plan_Any_StaysWithinLimits() => Prop.ForAll(PlanRequests.All, static request =>
    {
        var plan = ReplicaPlanner.Plan(request);
        return request.Clusters.All(cluster => IsWithinLimits(request, cluster, plan.Clusters.Single(c => c.Name == cluster.Name)));
    }).Check(Many);

    [Test]
    public void Plan_Unplaced_NoClusterCouldTakeMore() => Prop.ForAll(PlanRequests.Weighted, static request =>
    {
        var plan = ReplicaPlanner.Plan(request);
        return plan.Unplaced == 0 || request.Clusters.All(cluster =>
        {
            var planned = plan.Clusters.Single(c => c.Name == cluster.Name);
            return PreferenceOf(request, cluster.Name) is not { Weight: > 0 } preference
                || planned.Reason is PlanReason.NotReady or PlanReason.Maximum or PlanReason.Capacity
                || planned.Replicas >= (preference.MaxReplicas ?? long.MaxValue);
        });
    }).Check(Many);

    [Test]
    public void Plan_WeightRaised_NeverLowersThatCluster() => Prop.ForAll(
        PlanRequests.Weighted,
        Gen.Choose(0, 5).ToArbitrary(),
        Gen.Elements<long>(1, 2, 7, 1000, long.MaxValue).ToArbitrary(),
        static (request, index, more) =>
        {
            if (request.Clusters.Count == 0)
            {
                return true;
            }

            var name = request.Clusters[index % request.Clusters.Count].Name;
            var own = PreferenceOf(request, name) ?? default;
            var before = WithPreference(request, name, own);
            var after = WithPreference(request, name, own with { Weight = own.Weight > long.MaxValue - more ? long.MaxValue : own.Weight + more });
            return Replicas(after, name) >= Replicas(before, name);
        }).Check(Many);

    [Test]
    public void Plan_OtherOrder_IsTheSame() => Prop.ForAll(PlanRequests.All, ArbMap.Default.ArbFor<int>(), static (request, seed) =>
    {
        var shuffled = request with
        {
            Clusters = PlanRequests.Shuffled(request.Clusters, seed),
            Preferences = new Dictionary<string, ReplicaPreference>(PlanRequests.Shuffled(request.Preferences, seed), StringComparer.Ordinal),
        };
        return ReplicaPlanner.Plan(request).Clusters.SequenceEqual(ReplicaPlanner.Plan(shuffled).Clusters);
    }).Check(Many);

    [Test]
    public void Plan_OfPlannedState_IsTheSame() => Prop.ForAll(PlanRequests.All, static request =>
    {
        var plan = ReplicaPlanner.Plan(request);
        var again = ReplicaPlanner.Plan(PlanRequests.Carried(request, plan));
        return PlanText.Replicas(again) == PlanText.Replicas(plan);
    }).Check(Many);

    [Test]
    public void Plan_NoRebalance_MovesNoMoreThanNeeded() => Prop.ForAll(PlanRequests.All, static request =>
    {
        var quiet = request with { Rebalance = false, OverflowGroups = [], Clusters = [.. request.Clusters.Select(static c => c with { Standing = ClusterStanding.Open })] };
        var plan = ReplicaPlanner.Plan(quiet);
        var kept = quiet.Clusters.ToDictionary(static c => c.Name, c => Math.Min(c.Current ?? 0, HighOf(quiet, c)));
        var excess = kept.Values.Sum() - quiet.Total;
        var taken = plan.Clusters.Sum(c => Math.Max(0, kept[c.Name] - c.Replicas));
        var minimums = quiet.Clusters.Sum(c => Math.Max(0, Math.Min(PreferenceOf(quiet, c.Name)?.MinReplicas ?? 0, HighOf(quiet, c)) - kept[c.Name]));
        return taken <= Math.Max(0, excess + minimums);
    }).Check(Many);

    [Test]
    public void Plan_WithoutLimits_IsKubeFeds() => Prop.ForAll(PlanRequests.Free, static request =>
    {
        var model = KubeFedModel.Plan(request);
        return ReplicaPlanner.Plan(request).Clusters.All(c => c.Replicas == model[c.Name]);
    }).Check(Many);

    [Test]
    public void Plan_Overflow_IsOnlyWhatCapacityRefused() => Prop.ForAll(PlanRequests.All, static request =>
    {
        var plan = ReplicaPlanner.Plan(request);
        var overflow = plan.Clusters.Aggregate(Int128.Zero, static (s, c) => s + c.Overflow);
        return (request.Rebalance || overflow <= plan.Unplaced) && plan.Clusters.All(c =>
            c.Overflow == 0 || (c.Overflow > 0 && request.Clusters.Single(r => r.Name == c.Name).Capacity is { } most && c.Replicas == Math.Max(0, most)));
    }).Check(Many);

    [Test]
    public void Plan_Any_SaysWhy() => Prop.ForAll(PlanRequests.All, static request =>
    {
        var plan = ReplicaPlanner.Plan(request);
        return (plan.Unplaced == 0 || plan.Problems.Count > 0) && plan.Clusters.All(static c => Enum.IsDefined(c.Reason) && c.Message.Length > 0);
    }).Check(Many);

    [Test]
    public void Plan_AggregatedWithoutCurrent_UsesFewestClusters() => Prop.ForAll(PlanRequests.All, static request =>
    {
        var packed = request with
        {
            Strategy = PlanStrategy.Aggregated,
            OverflowGroups = [],
            Preferences = new Dictionary<string, ReplicaPreference>(StringComparer.Ordinal),
            Clusters = [.. request.Clusters.Select(static c => c with { Current = null, Standing = ClusterStanding.Open })],
        };
        var rooms = packed.Clusters.Select(c => HighOf(packed, c)).OrderDescending().ToArray();
        var plan = ReplicaPlanner.Plan(packed);
        var needed = 0;
        for (Int128 room = 0; needed < rooms.Length && room < packed.Total && rooms[needed] > 0; needed++)
        {
            room += rooms[needed];
        }

        return plan.Clusters.Count(static c => c.Replicas > 0) <= needed;
    }).Check(Many);

    private static long Replicas(PlanRequest request, string name) => ReplicaPlanner.Plan(request).Clusters.Single(c => c.Name == name).Replicas;

    private static PlanRequest WithPreference(PlanRequest request, string name, ReplicaPreference preference)
    {
        var preferences = new Dictionary<string, ReplicaPreference>(request.Preferences, StringComparer.Ordinal);
        if (preferences.Count == 0)
        {
            preferences[PlanRequest.AnyCluster] = new ReplicaPreference(1);
        }

        preferences[name] = preference;
        return request with { Preferences = preferences };
    }

    private static ReplicaPreference? PreferenceOf(PlanRequest request, string name) =>
        request.Preferences.Count == 0 ? new ReplicaPreference(1)
        : request.Preferences.TryGetValue(name, out var own) ? own
        : request.Preferences.TryGetValue(PlanRequest.AnyCluster, out var any) ? any
        : null;

    private static bool IsWithinLimits(PlanRequest request, PlanCluster cluster, ClusterPlan planned)
    {
        var most = cluster.Standing == ClusterStanding.Excluded ? 0 : HighOf(request, cluster);
        if (cluster.Standing == ClusterStanding.Held)
        {
            most = Math.Min(most, Math.Max(0, cluster.Current ?? 0));
        }

        return planned.Replicas >= 0 && planned.Replicas <= most;
    }

    private static long HighOf(PlanRequest request, PlanCluster cluster)
    {
        if (PreferenceOf(request, cluster.Name) is not { } preference)
        {
            return 0;
        }

        var most = Math.Min(preference.MaxReplicas ?? long.MaxValue, Math.Max(0, cluster.Capacity ?? long.MaxValue));
        var running = Math.Max(0, cluster.Current ?? 0);
        return cluster.FreeReplicas is { } free ? Math.Min(most, running + Math.Max(0, free))
            : request.Strategy == PlanStrategy.Weighted ? most
            : Math.Min(most, Math.Max(running, preference.MinReplicas));
    }
}
