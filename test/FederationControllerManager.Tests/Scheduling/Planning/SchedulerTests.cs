using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationControllerManager.Scheduling;
using KubeFed.FederationControllerManager.Scheduling.Planning;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Planning;

/// <summary>What a decision makes of plan, readiness and steps; the parts have tests of their own.</summary>
public sealed class SchedulerTests
{
    private static readonly NamespacedName Key = new("ns", "app");
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Decide_NothingRunsYet_SharesAtOnce() =>
        Assert.That(Show(Decide(Spec(15), [Cluster("a"), Cluster("b"), Cluster("c")])), Is.EqualTo("a 5/5 Weight, b 5/5 Weight, c 5/5 Weight"));

    [TestCase(30)]
    [TestCase(3)]
    public void Decide_TotalChanges_WaitsForNothing(int total)
    {
        var decision = Decide(Spec(total) with { Rebalance = true }, [Cluster("a", 5, 0), Cluster("b", 5, 0), Cluster("c", 5, 0)]);
        Assert.That(decision.Clusters.Select(static c => c.Next), Has.All.EqualTo(total / 3));
        Assert.That((decision.Wait, decision.Moved), Is.EqualTo((TransitionWait.Nothing, 0)));
    }

    [Test]
    public void Decide_MoveOfReadyReplicas_AddsBeforeItTakes()
    {
        var spec = Spec(8) with { Rebalance = true, Clusters = Weights(("a", 1), ("b", 1)) };
        var (first, status) = Step(spec, ReplicaSchedulingPreferenceStatus.Empty, [Cluster("a", 8, 8), Cluster("b", 0, 0)]);
        Assert.That(Show(first), Is.EqualTo("a 4/8 Weight, b 4/2 Weight"));
        Assert.That((first.Moved, status.MovedReplicas, status.KeptReady), Is.EqualTo((2, 2, (long?)8)));

        var (waiting, _) = Step(spec, status, [Cluster("a", 8, 8), Cluster("b", 2, 0)]);
        Assert.That(Show(waiting), Is.EqualTo("a 4/8 Weight, b 4/2 Weight"));

        var (second, _) = Step(spec, status, [Cluster("a", 8, 8), Cluster("b", 2, 2)]);
        Assert.That(Show(second), Is.EqualTo("a 4/6 Weight, b 4/4 Weight"));
    }

    [Test]
    public void Decide_MaxMoved_HoldsForTheInterval()
    {
        var spec = Spec(8) with { Rebalance = true, Clusters = Weights(("a", 1), ("b", 1)), Stability = new StabilityPolicy { MaxMoved = ReplicaShare.Of(1), Interval = TimeSpan.FromMinutes(2) } };
        var (first, status) = Step(spec, ReplicaSchedulingPreferenceStatus.Empty, [Cluster("a", 8, 8), Cluster("b", 0, 0)]);
        Assert.That(Show(first), Is.EqualTo("a 4/8 Weight, b 4/1 Weight"));

        var (second, still) = Step(spec, status, [Cluster("a", 8, 8), Cluster("b", 1, 1)], Start.AddMinutes(1));
        Assert.That(Show(second), Is.EqualTo("a 4/7 Weight, b 4/1 Weight"));
        Assert.That((second.Wait, second.RecheckAfter), Is.EqualTo((TransitionWait.Interval, (TimeSpan?)TimeSpan.FromMinutes(1))));

        var (third, _) = Step(spec, still, [Cluster("a", 7, 7), Cluster("b", 1, 1)], Start.AddMinutes(2));
        Assert.That(Show(third), Is.EqualTo("a 4/7 Weight, b 4/2 Weight"));
    }

    [Test]
    public void Decide_ClusterLost_KeepsReplicasUnlessTheyMayMove()
    {
        var lost = Cluster("b", 5) with { IsReady = false, Since = Start };
        SchedulableCluster[] clusters = [Cluster("a", 5, 5), lost];
        Assert.That(Decide(Spec(10), clusters, now: Start.AddDays(1)).Clusters[1].Desired, Is.EqualTo(5), "off by default");

        var failover = Spec(10) with { Failover = new FailoverPolicy { Toleration = TimeSpan.FromMinutes(5) } };
        var (held, status) = Step(failover, ReplicaSchedulingPreferenceStatus.Empty, clusters, Start.AddMinutes(4));
        Assert.That(held.RecheckAfter, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(held.Clusters[1].Desired, Is.EqualTo(5));

        var (gone, _) = Step(failover, status, clusters, Start.AddMinutes(5));
        Assert.That(Show(gone), Is.EqualTo("a 10/10 Weight, b 0/5 NotReady"), "what is lost is made up for at once");
    }

    [Test]
    public void Decide_ClusterBack_GetsReplicasAgainWhenItStays()
    {
        var spec = Spec(10) with { Rebalance = true, Failover = new FailoverPolicy { Toleration = TimeSpan.FromMinutes(5) } };
        SchedulableCluster[] clusters = [Cluster("a", 10, 10), Cluster("b", 0, 0) with { IsReady = false, Since = Start }];
        var (_, excluded) = Step(spec, ReplicaSchedulingPreferenceStatus.Empty, clusters, Start.AddMinutes(6));
        Assert.That(excluded.FindCluster("b"), Has.Property("Standing").EqualTo("Excluded").And.Property("NotReadySince").EqualTo(Start));

        clusters[1] = Cluster("b", 0, 0) with { Since = Start.AddMinutes(7) };
        var (early, remembered) = Step(spec, excluded, clusters, Start.AddMinutes(8));
        Assert.That(early.Clusters[1].Desired, Is.Zero);
        Assert.That(early.RecheckAfter, Is.EqualTo(TimeSpan.FromMinutes(4)));

        var (late, _) = Step(spec, remembered, clusters, Start.AddMinutes(12));
        Assert.That(late.Clusters[1].Desired, Is.EqualTo(5));
        Assert.That(late.Clusters[1].Next, Is.LessThan(5), "gently");
    }

    [Test]
    public void Decide_ClusterNoLongerSelected_GivesBackStepByStep()
    {
        var decision = Decide(Spec(4), [Cluster("a", 2, 2), Cluster("b", 2, 2) with { IsCandidate = false }]);
        Assert.That(Show(decision), Is.EqualTo("a 4/3 Weight, b 0/2 NotSelected"));
    }

    [Test]
    public void Decide_OverflowGroups_FillInOrder()
    {
        var spec = Spec(10) with
        {
            Overflow = [new OverflowGroup { Clusters = ["own"] }, new OverflowGroup { ClusterSelector = new LabelSelector { MatchLabels = StringMap.From([new("kind", "cloud")]) } }],
        };
        SchedulableCluster[] clusters =
        [
            Cluster("cloud") with { Labels = StringMap.From([new("kind", "cloud")]) }, Cluster("other"), Cluster("own") with { Capacity = 6, CapacityTime = Start },
        ];
        var decision = Decide(spec, clusters);
        Assert.That(decision.Clusters.Select(static c => $"{c.Cluster.Name} {c.Desired}"), Is.EqualTo(["cloud 4", "other 0", "own 6"]));
        Assert.That(decision.RecheckAfter, Is.EqualTo(TimeSpan.FromMinutes(5)), "then the full one is tried again");
    }

    private static (SchedulingDecision Decision, ReplicaSchedulingPreferenceStatus Status) Step(
        ReplicaSchedulingPreferenceSpec spec, ReplicaSchedulingPreferenceStatus before, IReadOnlyList<SchedulableCluster> clusters, DateTimeOffset? now = null)
    {
        var decision = Decide(spec, clusters, before, now);
        return (decision, SchedulingStatuses.Of(before, spec, 1, decision, now ?? Start));
    }

    private static SchedulingDecision Decide(
        ReplicaSchedulingPreferenceSpec spec, IReadOnlyList<SchedulableCluster> clusters, ReplicaSchedulingPreferenceStatus? before = null, DateTimeOffset? now = null) =>
        Scheduler.Decide(new SchedulingInput(Key, spec, before ?? ReplicaSchedulingPreferenceStatus.Empty, clusters, now ?? Start));

    private static ReplicaSchedulingPreferenceSpec Spec(int total) => new() { TargetKind = "FederatedDeployment", TotalReplicas = total };

    private static Dictionary<string, ClusterPreference> Weights(params (string Cluster, long Weight)[] weights) =>
        weights.ToDictionary(static w => w.Cluster, static w => new ClusterPreference { Weight = w.Weight });

    private static SchedulableCluster Cluster(string name, long? asked = null, long? ready = null) => new()
    {
        Name = name,
        Labels = StringMap.Empty,
        IsCandidate = true,
        IsReady = true,
        Since = Start.AddDays(-1),
        Asked = asked,
        Ready = ready,
    };

    private static string Show(SchedulingDecision decision) =>
        string.Join(", ", decision.Clusters.Select(static c => $"{c.Cluster.Name} {c.Desired}/{c.Next} {c.Reason}"));
}
