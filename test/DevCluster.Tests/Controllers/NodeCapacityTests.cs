using KubeFed.DevClusters.Controllers.Nodes;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class NodeCapacityTests
{
    private static readonly DevNode Machine = new() { Name = "n1", Cpu = "4", Memory = "8Gi", Pods = 110 };

    [TestCase("", "4 8Gi 110")]
    [TestCase("'capacity.devcluster.kubefed.io/cpu':'500m'", "500m 8Gi 110")]
    [TestCase("'capacity.devcluster.kubefed.io/memory':'1Gi','capacity.devcluster.kubefed.io/pods':'2'", "4 1Gi 2")]
    [TestCase("'capacity.devcluster.kubefed.io/cpu':'much'", "4 8Gi 110")]
    [TestCase("'capacity.devcluster.kubefed.io/pods':'-1'", "4 8Gi 110")]
    public void Of_Annotations_CountBeforeTheDescription(string annotations, string expected)
    {
        var capacity = NodeCapacity.Of(Kube.Node("n1", annotations: annotations).Object, Machine);

        Assert.That($"{capacity["cpu"]} {capacity["memory"]} {capacity["pods"]}", Is.EqualTo(expected));
    }

    [Test]
    public void Of_ResourceThatTheNodeDidNotHave_IsAdded() => Assert.That(
        (string?)NodeCapacity.Of(Kube.Node("n1", annotations: "'capacity.devcluster.kubefed.io/gpu':'2'").Object, Machine)["gpu"], Is.EqualTo("2"));

    [Test]
    public void Of_NodeThatNobodyDescribed_IsWhatANodeHasByDefault() =>
        Assert.That((string?)NodeCapacity.Of(Kube.Node("n1").Object, null)["cpu"], Is.EqualTo(new DevNode { Name = "n1" }.Cpu));

    [TestCase("'capacity.devcluster.kubefed.io/cpu':'much'", "capacity.devcluster.kubefed.io/cpu is ignored: \"much\": ")]
    [TestCase("'capacity.devcluster.kubefed.io/pods':'-1'", "capacity.devcluster.kubefed.io/pods is ignored: \"-1\": must not be negative")]
    public void Mistakes_NoAmount_NamesTheAnnotation(string annotations, string expected) =>
        Assert.That(NodeCapacity.Mistakes(Kube.Node("n1", annotations: annotations).Object).Single(), Does.Contain(expected));
}
