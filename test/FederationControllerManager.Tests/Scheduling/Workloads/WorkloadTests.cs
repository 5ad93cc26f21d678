using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Scheduling.Targets;
using KubeFed.FederationControllerManager.Scheduling.Workloads;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Workloads;

public sealed class WorkloadTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 2, 0, TimeSpan.Zero);

    [TestCase("""{"replicas":6}""", """{"readyReplicas":4}""", 6, 4)]
    [TestCase("""{"replicas":3}""", """{"readyReplicas":4}""", 3, 3)]
    [TestCase("""{"replicas":3}""", "{}", 3, 0)]
    [TestCase("{}", """{"readyReplicas":1}""", 1, 1)]
    public void Read_Deployment_TellsReplicas(string spec, string status, long replicas, long ready) =>
        Assert.That(Workload.Read(Object(spec, status), ReplicasField.OfWorkloads), Is.EqualTo(new Workload(replicas, ready)));

    [TestCase("""{"active":2,"succeeded":1}""", 3)]
    [TestCase("""{"active":2,"ready":1,"succeeded":1}""", 2)]
    [TestCase("{}", 0)]
    public void Read_Job_CountsWhatRunsAndWhatIsDone(string status, long ready) =>
        Assert.That(Workload.Read(Object("""{"parallelism":4}""", status), ReplicasField.OfJobs), Is.EqualTo(new Workload(4, ready)));

    [Test]
    public void Read_CustomResource_FollowsItsScale()
    {
        var field = new ReplicasField { Spec = ReplicasField.Split(".spec.pool.size"), Ready = ["status", "readyReplicas"], Running = ReplicasField.Split(".status.size") };
        Assert.That(field.Path, Is.EqualTo("/spec/pool/size"));
        Assert.That(Workload.Read(Object("""{"pool":{"size":5}}""", """{"size":2}"""), field), Is.EqualTo(new Workload(5, 2)));
    }

    [TestCase(".spec.size", 2)]
    [TestCase(".spec['size']", 0)]
    [TestCase("spec.size", 0)]
    [TestCase(".", 0)]
    [TestCase(null, 0)]
    public void Split_ScalePath_IsMembers(string? path, int members) => Assert.That(ReplicasField.Split(path), Has.Length.EqualTo(members));

    [Test]
    public void Essentials_Workload_KeepsNumbersAndDropsTheTemplate()
    {
        var value = KubeObject.Parse(Encoding.UTF8.GetBytes("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"ns","uid":"u","resourceVersion":"7","managedFields":[{"manager":"m"}],"labels":{"kubefed.io/managed":"true"}},
            "spec":{"replicas":3,"selector":{"matchLabels":{"app":"a"}},"template":{"spec":{"containers":[]}}},"status":{"readyReplicas":2,"conditions":[{"type":"Available"}]}}
            """));
        Assert.That(Encoding.UTF8.GetString(WorkloadTransform.Essentials(value).Utf8Json.Span), Is.EqualTo(
            """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"ns","uid":"u","resourceVersion":"7","labels":{"kubefed.io/managed":"true"}},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"a"}}},"status":{"readyReplicas":2}}"""));
    }

    [Test]
    public void Count_PendingPods_OnlyThoseWithoutANodeForAMinute()
    {
        var pods = new[]
        {
            Pod("PodScheduled", "False", "Unschedulable", "2026-01-01T00:01:00Z"),
            Pod("PodScheduled", "False", "Unschedulable", "2026-01-01T00:01:10Z"),
            Pod("PodScheduled", "False", "Unschedulable", "2026-01-01T00:01:40Z"),
            Pod("PodScheduled", "True", "", "2026-01-01T00:00:00Z"),
            Pod("PodScheduled", "False", "SchedulingGated", "2026-01-01T00:00:00Z"),
            Pod("Initialized", "False", "Unschedulable", "2026-01-01T00:00:00Z"),
        };
        Assert.That(PendingPods.Count(pods, Now), Is.EqualTo(new PendingCount(1, TimeSpan.FromSeconds(10))));
        Assert.That(PendingPods.Count([], Now), Is.EqualTo(default(PendingCount)));
    }

    private static KubeObject Object(string spec, string status) => KubeObject.Parse(Encoding.UTF8.GetBytes(
        $$"""{"apiVersion":"v1","kind":"Any","metadata":{"name":"a","namespace":"ns"},"spec":{{spec}},"status":{{status}}}"""));

    private static KubeObject Pod(string type, string status, string reason, string since) => Object(
        "{}", $$"""{"phase":"Pending","conditions":[{"type":"{{type}}","status":"{{status}}","reason":"{{reason}}","lastTransitionTime":"{{since}}"}]}""");
}
