using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationControllerManager.Scheduling;
using KubeFed.FederationControllerManager.Scheduling.Planning;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationControllerManager.Tests.Scheduling;

public sealed class SchedulingStatusesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ReplicaSchedulingPreferenceSpec Spec = new() { TargetKind = "FederatedDeployment", TotalReplicas = 6 };

    [Test]
    public void Of_AllInPlaceAndReady_IsScheduledAndComplete()
    {
        var status = Of(Decision(Cluster("a", 4, 4, 4), Cluster("b", 2, 2, 2)));
        Assert.Multiple(() =>
        {
            Assert.That(Show(status, SchedulingConditions.Scheduled), Is.EqualTo("True AllScheduled: 6 replicas in 2 clusters"));
            Assert.That(Show(status, SchedulingConditions.Progressing), Is.EqualTo("False Complete: 6 replicas are ready"));
            Assert.That((status.ScheduledReplicas, status.ReadyReplicas, status.UnplacedReplicas, status.ObservedGeneration), Is.EqualTo((6, 6, 0, 3)));
        });
    }

    [Test]
    public void Of_OnTheWay_SaysWhatIsMissing()
    {
        Assert.That(Show(Of(Decision(Cluster("a", 4, 4, 1))), SchedulingConditions.Progressing), Is.EqualTo("True WaitingForReady: 1 of 4 replicas are ready"));
        var moving = Decision(Cluster("a", 1, 3, 3), Cluster("b", 5, 3, 1));
        Assert.That(Show(Of(moving), SchedulingConditions.Progressing), Is.EqualTo("True Moving: 2 replicas are still to move, as others become ready"));
        Assert.That(
            Show(Of(moving with { Wait = TransitionWait.Interval }, Spec with { Stability = new StabilityPolicy { MaxMoved = ReplicaShare.Percent(20) } }), SchedulingConditions.Progressing),
            Is.EqualTo("True MoveLimitReached: 2 replicas are still to move; stability.maxMoved lets 20% move at a time"));
    }

    [TestCase(PlanProblemKind.MaximumsBelowTotal, 2, "False MaxReplicasReached: why")]
    [TestCase(PlanProblemKind.NoRoom, 2, "False InsufficientCapacity: why")]
    [TestCase(PlanProblemKind.NoCluster, 6, "False NoClusters: why")]
    [TestCase(PlanProblemKind.MinimumAboveMaximum, 2, "False InvalidPreference: why")]
    [TestCase(PlanProblemKind.MinimumsAboveTotal, 0, "True MinReplicasNotMet: why")]
    public void Of_Problem_IsAReason(PlanProblemKind kind, long unplaced, string expected)
    {
        var decision = Decision(Cluster("a", 4, 4, 4)) with { Unplaced = unplaced, Problems = [new PlanProblem(kind, "why")] };
        Assert.That(Show(Of(decision), SchedulingConditions.Scheduled), Is.EqualTo(expected));
    }

    [Test]
    public void Of_Moves_AreCountedByInterval()
    {
        var moved = Decision(Cluster("a", 4, 4, 4)) with { Moved = 3 };
        var first = Of(moved);
        Assert.That((first.LastMoveTime, first.MovedReplicas), Is.EqualTo(((DateTimeOffset?)Now, 3)));
        var second = SchedulingStatuses.Of(first, Spec, 3, moved, Now.AddSeconds(59));
        Assert.That((second.LastMoveTime, second.MovedReplicas), Is.EqualTo(((DateTimeOffset?)Now, 6)));
        var third = SchedulingStatuses.Of(second, Spec, 3, moved, Now.AddSeconds(60));
        Assert.That((third.LastMoveTime, third.MovedReplicas), Is.EqualTo(((DateTimeOffset?)Now.AddSeconds(60), 3)));
        Assert.That(SchedulingStatuses.Of(third, Spec, 3, moved with { Moved = 0 }, Now.AddHours(1)).MovedReplicas, Is.EqualTo(3));
    }

    [Test]
    public void Failed_AfterAPlan_ForgetsItButNotSinceWhen()
    {
        var failed = SchedulingStatuses.Failed(Of(Decision(Cluster("a", 4, 4, 4))), 4, SchedulingReasons.TargetNotFound, "gone", Now.AddMinutes(1));
        Assert.Multiple(() =>
        {
            Assert.That(Show(failed, SchedulingConditions.Scheduled), Is.EqualTo("False TargetNotFound: gone"));
            Assert.That(Show(failed, SchedulingConditions.Progressing), Does.StartWith("False NotScheduled"));
            Assert.That(failed.Clusters, Is.Empty);
            Assert.That(failed.FindCondition(SchedulingConditions.Scheduled)!.LastTransitionTime, Is.EqualTo(Now.AddMinutes(1)));
            Assert.That(failed.FindCondition(SchedulingConditions.Progressing)!.LastTransitionTime, Is.EqualTo(Now));
        });
    }

    private static ReplicaSchedulingPreferenceStatus Of(SchedulingDecision decision, ReplicaSchedulingPreferenceSpec? spec = null) =>
        SchedulingStatuses.Of(ReplicaSchedulingPreferenceStatus.Empty, spec ?? Spec, 3, decision, Now);

    private static SchedulingDecision Decision(params ClusterDecision[] clusters) => new() { Clusters = clusters };

    private static ClusterDecision Cluster(string name, long desired, long next, long ready) => new(
        new SchedulableCluster { Name = name, Labels = StringMap.Empty, IsCandidate = true, IsReady = true, Since = Now, Ready = ready }, desired, next, "Weight", null);

    private static string Show(ReplicaSchedulingPreferenceStatus status, string type) =>
        status.FindCondition(type) is { } c ? $"{c.Status} {c.Reason}: {c.Message}" : ConditionStatus.Unknown;
}
