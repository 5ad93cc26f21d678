using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Scheduling.Application;
using KubeFed.FederationControllerManager.Scheduling.Planning;
using KubeFed.FederationControllerManager.Scheduling.Targets;
using KubeFed.FederationControllerManager.Tests.Fakes;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Planning;

public sealed class JobScheduleTests
{
    private const string Parallelism = "/spec/parallelism";
    private const string Completions = "/spec/completions";

    [Test]
    public void ToSchedule_FirstPlan_SharesCompletionsInProportion()
    {
        var schedule = Schedule(AppliedSchedule.None, ("a", 3), ("b", 1), ("c", 0));
        Assert.Multiple(() =>
        {
            Assert.That(schedule.Placed, Is.EquivalentTo(["a", "b"]), "a job with nothing to do would be done at once");
            Assert.That(schedule.Values["a"], Is.EquivalentTo(new Dictionary<string, long> { [Parallelism] = 3, [Completions] = 8 }));
            Assert.That(schedule.Values["b"], Is.EquivalentTo(new Dictionary<string, long> { [Parallelism] = 1, [Completions] = 2 }));
        });
    }

    [Test]
    public void ToSchedule_LaterPlan_LeavesCompletionsAsTheyAre()
    {
        var applied = Applied(("a", 3, 8), ("b", 1, 2));
        var schedule = Schedule(applied, ("a", 0), ("b", 4));
        Assert.That(schedule.Placed, Is.EquivalentTo(["a", "b"]));
        Assert.That(schedule.Values["a"], Is.EquivalentTo(new Dictionary<string, long> { [Parallelism] = 0, [Completions] = 8 }));
        Assert.That(new JobSchedule(Job(10), ReplicasField.OfJobs, applied).Limit(new HashSet<string> { "a", "b", "c" }), Is.EquivalentTo(["a", "b"]));
    }

    [Test]
    public void ToSchedule_JobWithoutCompletions_SharesWhatRunsOnly()
    {
        var schedule = new JobSchedule(Job(null), ReplicasField.OfJobs, AppliedSchedule.None).ToSchedule(Decision(("a", 2), ("b", 0)));
        Assert.That(schedule.Placed, Is.EquivalentTo(["a", "b"]));
        Assert.That(schedule.Values["a"].Keys, Is.EqualTo([Parallelism]));
    }

    [TestCase(7, 1, 1, 1)]
    [TestCase(2, 1, 1, 1)]
    [TestCase(100, 1, 2, 0)]
    [TestCase(5, 0, 0, 0)]
    public void ToSchedule_AnyTotal_AddsUp(long total, long a, long b, long c)
    {
        var schedule = new JobSchedule(Job(total), ReplicasField.OfJobs, AppliedSchedule.None).ToSchedule(Decision(("a", a), ("b", b), ("c", c)));
        Assert.That(schedule.Values.Values.Sum(static v => v[Completions]), Is.EqualTo(a + b + c == 0 ? 0 : total));
    }

    private static Schedule Schedule(AppliedSchedule applied, params (string Cluster, long Replicas)[] clusters) =>
        new JobSchedule(Job(10), ReplicasField.OfJobs, applied).ToSchedule(Decision(clusters));

    private static SchedulingDecision Decision(params (string Cluster, long Replicas)[] clusters) => new()
    {
        Clusters = [.. clusters.Select(static c => new ClusterDecision(
            new SchedulableCluster { Name = c.Cluster, Labels = StringMap.Empty, IsCandidate = true, IsReady = true, Since = default }, c.Replicas, c.Replicas, "Weight", null))],
    };

    private static AppliedSchedule Applied(params (string Cluster, long Parallelism, long Completions)[] clusters)
    {
        var applied = new AppliedSchedule();
        foreach (var (cluster, parallelism, completions) in clusters)
        {
            applied.Clusters.Add(cluster, new SortedDictionary<string, long>(StringComparer.Ordinal) { [Parallelism] = parallelism, [Completions] = completions });
        }

        return applied;
    }

    private static FederatedObject Job(long? completions) => FederatedObject.Read(Objects.Federated(new JsonObject
    {
        ["template"] = new JsonObject { ["spec"] = completions is { } total ? new JsonObject { ["completions"] = total } : [] },
    }.ToJsonString()));
}
