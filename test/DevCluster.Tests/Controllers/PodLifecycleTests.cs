using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.DevClusters.Controllers.Pods;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class PodLifecycleTests
{
    private const string Starting = "'phase':'Pending','startTime':'2026-01-02T03:04:05Z'";
    private static readonly PodTimings Timings = new();

    [Test]
    public void Next_Assigned_CreatesContainers()
    {
        var status = Next(Kube.Pod("p", "'nodeName':'n1'")).Status!;

        Assert.That(status.Phase, Is.EqualTo("Pending"));
        Assert.That(status.HostIP, Is.EqualTo("172.18.0.2"));
        Assert.That(status.StartTime, Is.EqualTo(Kube.Now));
        Assert.That(status.ContainerStatuses!.Single().State!.Waiting!.Reason, Is.EqualTo("ContainerCreating"));
        Assert.That(status.Conditions.IsTrue(PodState.Scheduled));
    }

    [Test]
    public void Next_Starting_RunsAfterTheDelay()
    {
        var pod = Kube.Pod("p", "'nodeName':'n1'", Starting);

        Assert.That(Next(pod, TimeSpan.Zero).Wake, Is.EqualTo(Timings.Start));
        var status = Next(pod, Timings.Start).Status!;
        Assert.That(status.Phase, Is.EqualTo("Running"));
        Assert.That(status.PodIP, Is.EqualTo("10.244.0.1"));
        Assert.That(status.Conditions.IsTrue(PodState.Ready));
        Assert.That(status.ContainerStatuses!.Single().Ready);
    }

    [Test]
    public void Next_StartingNever_CannotPull()
    {
        var pod = Kube.Pod("p", "'nodeName':'n1'", Starting, $"'annotations':{{'{PodScript.StartAfter}':'never'}}");

        Assert.That(Next(pod, TimeSpan.FromHours(1)).Status!.ContainerStatuses!.Single().State!.Waiting!.Reason, Is.EqualTo("ImagePullBackOff"));
    }

    [TestCase("0", "Succeeded")]
    [TestCase("3", "Failed")]
    public void Next_PodOfAJob_Ends(string code, string phase)
    {
        var pod = Kube.Pod(
            "p",
            "'nodeName':'n1','restartPolicy':'Never'",
            "'phase':'Running','conditions':[{'type':'Ready','status':'True'}]",
            $"'ownerReferences':[{{'apiVersion':'batch/v1','kind':'Job','name':'j','uid':'u','controller':true}}],'annotations':{{'{PodScript.Exit}':'{code}'}}");

        Assert.That(Next(pod, TimeSpan.Zero).Wake, Is.EqualTo(Timings.Run));
        var status = Next(pod, Timings.Run).Status!;
        Assert.That(status.Phase, Is.EqualTo(phase));
        Assert.That(status.Conditions.IsTrue(PodState.Ready), Is.False);
    }

    [Test]
    public void Next_MadeUnready_IsNotReadyAndBack()
    {
        const string Ready = "'phase':'Running','conditions':[{'type':'Ready','status':'True'}]";
        var told = Kube.Pod("p", "'nodeName':'n1'", Ready, $"'annotations':{{'{PodScript.IsReady}':'false'}}");

        Assert.That(Next(told).Status!.Conditions.IsTrue(PodState.Ready), Is.False);
        Assert.That(Next(Kube.Pod("p", "'nodeName':'n1'", Ready)).Status, Is.Null);
    }

    [Test]
    public void Next_Deleted_StopsAndGoes()
    {
        var pod = Kube.ReadyPod("p", metadata: "'deletionTimestamp':'2026-01-02T03:04:35Z','deletionGracePeriodSeconds':30");

        Assert.That(Next(pod, TimeSpan.Zero), Is.EqualTo(PodStep.After(Timings.Stop)));
        Assert.That(Next(pod, Timings.Stop).Remove);
    }

    [Test]
    public void Next_NodeGone_Goes() => Assert.That(
        PodLifecycle.Next(View(Kube.ReadyPod("p"), null), TimeSpan.Zero, Timings).Remove);

    [Test]
    public void Next_NodeDown_IsNotReadyThenGoes()
    {
        var node = Kube.Node("n1", annotations: "'devcluster.kubefed.io/down':'true'");
        var step = PodLifecycle.Next(View(Kube.ReadyPod("p"), node), TimeSpan.Zero, Timings);
        var unready = Kube.Pod("p", "'nodeName':'n1'", "'phase':'Running','conditions':[{'type':'Ready','status':'False'}]");

        Assert.That(step.Status!.Conditions.IsTrue(PodState.Ready), Is.False);
        Assert.That(PodLifecycle.Next(View(unready, node), Timings.Unreachable, Timings).Remove);
    }

    [Test]
    public void Addresses_OfPodsThatAreThere_Differ()
    {
        var addresses = new PodAddresses();
        addresses.Of("old", "10.244.0.2");
        var first = addresses.Of("a", null);
        var second = addresses.Of("b", null);
        addresses.Release("a");

        Assert.That(new[] { first, second, addresses.Of("b", null) }, Is.EqualTo(new[] { "10.244.0.1", "10.244.0.3", "10.244.0.3" }));
    }

    private static PodStep Next(Pod pod, TimeSpan elapsed = default) => PodLifecycle.Next(View(pod, Kube.Node("n1")), elapsed, Timings);

    private static PodView View(Pod pod, Node? node) => new(pod, PodLifecycle.StageOf(pod, node), "172.18.0.2", "10.244.0.1", Kube.Now);
}
