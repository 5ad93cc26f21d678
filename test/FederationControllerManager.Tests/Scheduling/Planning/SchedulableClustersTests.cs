using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationControllerManager.Scheduling;
using KubeFed.FederationControllerManager.Scheduling.Application;
using KubeFed.FederationControllerManager.Scheduling.Planning;
using KubeFed.FederationControllerManager.Scheduling.Workloads;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Planning;

public sealed class SchedulableClustersTests
{
    private const string Path = "/spec/replicas";
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Of_Clusters_AreCandidatesAndThoseThatHoldOrListTheObject()
    {
        var clusters = Of([Cluster("a"), Cluster("b", new Workload(2, 2)), Cluster("c"), Cluster("d"), Cluster("e", new Workload(0, 0))], candidates: ["a"], placed: ["c"]);
        Assert.That(clusters.Select(static c => $"{c.Name} {c.IsCandidate} {c.Asked}"), Is.EqualTo(["a True ", "b False 2", "c False "]));
    }

    [Test]
    public void Of_AppliedNumber_WinsOverWhatTheMemberShows()
    {
        var applied = new AppliedSchedule { Clusters = new(StringComparer.Ordinal) { ["a"] = new(StringComparer.Ordinal) { [Path] = 5 } } };
        Assert.That(Of([Cluster("a", new Workload(3, 1))], candidates: ["a"], applied: applied).Single(), Has.Property("Asked").EqualTo(5).And.Property("Ready").EqualTo(1));
    }

    [Test]
    public void Of_ClusterThatIsNotReady_TellsNoReadyReplicas() =>
        Assert.That(Of([Cluster("a", new Workload(3, 3)) with { IsReady = false }], candidates: ["a"]).Single().Ready, Is.Null);

    [Test]
    public void Of_PodsWithoutNodes_BoundTheCluster()
    {
        var full = Of([Cluster("a", new Workload(6, 4)) with { Unschedulable = 2 }], candidates: ["a"]).Single();
        Assert.That((full.Capacity, full.CapacityTime, full.Unschedulable), Is.EqualTo(((long?)4, (DateTimeOffset?)Now, 2L)));
        Assert.That(Of([Cluster("a", new Workload(1, 0)) with { Unschedulable = 3 }], candidates: ["a"]).Single().Capacity, Is.Zero, "more pods than replicas");
    }

    [TestCase(1, 4, 4)]
    [TestCase(4, 4, 4)]
    [TestCase(5, 4, null)]
    [TestCase(1, 5, null)]
    public void Of_CapacityFoundBefore_IsRememberedForAWhile(int minutesAgo, long ready, long? expected)
    {
        var before = Status(new ClusterSchedule { Name = "a", Capacity = 4, CapacityTime = Now.AddMinutes(-minutesAgo) });
        Assert.That(Of([Cluster("a", new Workload(5, ready))], candidates: ["a"], before: before).Single().Capacity, Is.EqualTo(expected));
    }

    [TestCase(1, 1)]
    [TestCase(3, 0)]
    public void Of_CapacityFoundAgain_IsNotANewTimeAtEveryLook(int minutesAgo, int expectedMinutesAgo)
    {
        var before = Status(new ClusterSchedule { Name = "a", Capacity = 4, CapacityTime = Now.AddMinutes(-minutesAgo) });
        Assert.That(
            Of([Cluster("a", new Workload(6, 4)) with { Unschedulable = 2 }], candidates: ["a"], before: before).Single().CapacityTime,
            Is.EqualTo(Now.AddMinutes(-expectedMinutesAgo)));
    }

    private static ReplicaSchedulingPreferenceStatus Status(ClusterSchedule cluster) => new() { Clusters = [cluster] };

    private static ClusterObservation Cluster(string name, Workload? workload = null) =>
        new() { Name = name, Labels = StringMap.Empty, IsReady = true, Since = Now, IsListed = true, Workload = workload };

    private static IReadOnlyList<SchedulableCluster> Of(
        IEnumerable<ClusterObservation> observed,
        IEnumerable<string> candidates,
        IEnumerable<string>? placed = null,
        AppliedSchedule? applied = null,
        ReplicaSchedulingPreferenceStatus? before = null) => SchedulableClusters.Of(
            observed,
            candidates.ToHashSet(),
            (placed ?? []).ToHashSet(),
            applied ?? AppliedSchedule.None,
            Path,
            new ReplicaSchedulingPreferenceSpec(),
            before ?? ReplicaSchedulingPreferenceStatus.Empty,
            Now);
}
