using KubeFed.DevClusters.Controllers.Scheduling;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class PlacementTests
{
    [Test]
    public void Choose_NoNodes_SaysSo() =>
        Assert.That(Choose(Kube.Asking("1")).Refusal, Is.EqualTo("no nodes available to schedule pods"));

    [Test]
    public void Choose_FullNodes_SaysWhatIsMissing()
    {
        var result = Choose(Kube.Asking("3", "9Gi"), Kube.Node("n1", cpu: "2"), Kube.Node("n2", cpu: "2", memory: "16Gi"));

        Assert.That(result.Refusal, Is.EqualTo("0/2 nodes are available: 1 Insufficient memory, 2 Insufficient cpu."));
    }

    [Test]
    public void Choose_TooManyPods_SaysSo() =>
        Assert.That(Choose(Kube.Asking("0"), Kube.Node("n1", pods: 0)).Refusal, Is.EqualTo("0/1 nodes are available: 1 Too many pods."));

    [Test]
    public void Choose_CordonedTaintedOrUnwanted_SaysWhy()
    {
        var result = Choose(
            Kube.Asking("1", spec: "'nodeSelector':{'disk':'ssd'}"),
            Kube.Node("n1", spec: "'unschedulable':true"),
            Kube.Node("n2", spec: "'taints':[{'key':'gpu','value':'yes','effect':'NoSchedule'}]"),
            Kube.Node("n3"));

        Assert.That(result.Refusal, Is.EqualTo(
            "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint {gpu: yes}, 1 node(s) were unschedulable."));
    }

    [Test]
    public void Choose_SeveralFit_TakesTheLeastAllocated()
    {
        var ledger = new NodeLedger(static () => { });
        ledger.Assume("other", "n1", PodRequests.Of(Kube.Asking("2").Spec));

        Assert.That(Placement.Choose(Kube.Asking("1").Spec, [Kube.Node("n1"), Kube.Node("n2")], ledger.Used).Node, Is.EqualTo("n2"));
    }

    [TestCase("'tolerations':[{'key':'gpu','operator':'Exists'}]", true)]
    [TestCase("'tolerations':[{'operator':'Exists'}]", true)]
    [TestCase("'tolerations':[{'key':'gpu','value':'yes','effect':'NoSchedule'}]", true)]
    [TestCase("'tolerations':[{'key':'gpu','value':'no'}]", false)]
    [TestCase("'tolerations':[{'key':'gpu','operator':'Exists','effect':'NoExecute'}]", false)]
    public void Choose_Tolerations_AreHeeded(string spec, bool fits) => Assert.That(
        Choose(Kube.Asking("1", spec: spec), Kube.Node("n1", spec: "'taints':[{'key':'gpu','value':'yes','effect':'NoSchedule'}]")).Node is not null, Is.EqualTo(fits));

    [TestCase("'matchExpressions':[{'key':'zone','operator':'In','values':['a','b']}]", true)]
    [TestCase("'matchExpressions':[{'key':'zone','operator':'NotIn','values':['a']}]", false)]
    [TestCase("'matchExpressions':[{'key':'cores','operator':'Gt','values':['3']}]", true)]
    [TestCase("'matchExpressions':[{'key':'cores','operator':'Lt','values':['4']}]", false)]
    [TestCase("'matchFields':[{'key':'metadata.name','operator':'In','values':['n1']}]", true)]
    [TestCase("", false)]
    public void Choose_NodeAffinity_IsHeeded(string term, bool fits)
    {
        var spec = $"'affinity':{{'nodeAffinity':{{'requiredDuringSchedulingIgnoredDuringExecution':{{'nodeSelectorTerms':[{{ {term} }}]}} }} }}";

        Assert.That(Choose(Kube.Asking("1", spec: spec), Kube.Node("n1", labels: "'zone':'a','cores':'4'")).Node is not null, Is.EqualTo(fits));
    }

    [Test]
    public void Ledger_PodEnds_FreesItsRoomOnce()
    {
        var freed = 0;
        var ledger = new NodeLedger(() => freed++);
        var running = Kube.Pod("p", "'nodeName':'n1'", "'phase':'Running'").Object;
        var ended = Kube.Pod("p", "'nodeName':'n1'", "'phase':'Succeeded'").Object;

        ledger.OnAdd(running, false);
        Assert.That(ledger.Used("n1")[Amounts.Pods], Is.EqualTo(1));
        ledger.OnUpdate(running, ended);
        ledger.OnDelete(ended, false);

        Assert.That(ledger.Used("n1")[Amounts.Pods], Is.Zero);
        Assert.That(freed, Is.EqualTo(1));
    }

    [Test]
    public void Requests_InitContainers_CountWhereTheyAreMore()
    {
        var pod = Kube.Asking("1", spec: "'initContainers':[{'name':'i','resources':{'requests':{'cpu':'3'}}}]");

        Assert.That(PodRequests.Of(pod.Spec)[Amounts.Cpu], Is.EqualTo(3000));
    }

    private static PlacementResult Choose(Pod pod, params Node[] nodes) => Placement.Choose(pod.Spec, nodes, static _ => default);
}
