using KubeFed.FederationCore.Overrides;

namespace KubeFed.FederationCore.Tests.Overrides;

public sealed class OverrideSetTests
{
    [TestCase("""{"path":"/metadata"}""", "\"/metadata\" cannot be overridden")]
    [TestCase("""{"path":"/metadata/name"}""", "cannot be overridden")]
    [TestCase("""{"path":"/metadata/namespace"}""", "cannot be overridden")]
    [TestCase("""{"path":"/metadata/generateName"}""", "cannot be overridden")]
    [TestCase("""{"path":"/kind"}""", "cannot be overridden")]
    [TestCase("""{"path":""}""", "must not be empty")]
    [TestCase("""{"path":"spec/replicas"}""", "must begin with a slash")]
    [TestCase("""{"op":"move","path":"/spec/a"}""", "is not one of add, remove, replace")]
    [TestCase("""{"path":"/spec/a"},{"op":"remove","path":"/spec/a"}""", "more than once")]
    [TestCase("""{"op":"add"}""", "spec.overrides[1].clusterOverrides[0].path: is required")]
    [TestCase("""{"op":1,"path":"/a"}""", "spec.overrides[1].clusterOverrides[0].op: must be a string")]
    [TestCase("7", "spec.overrides[1].clusterOverrides[0]: must be an object")]
    public void Parse_BadOperation_IsThatClustersErrorAlone(string operations, string error)
    {
        var set = OverrideSet.Parse(Federated.Of($$"""
            {"overrides":[
              {"clusterName":"good","clusterOverrides":[{"path":"/apiVersion","value":"apps/v1beta1"}]},
              {"clusterName":"bad","clusterOverrides":[{{operations}}]}]}
            """));
        Assert.Multiple(() =>
        {
            Assert.That(set.For("bad").Error, Does.Contain(error).And.StartWith("spec.overrides[1]"));
            Assert.That(set.For("good").IsFailed, Is.False);
            Assert.That(set.For("good").Operations, Has.Count.EqualTo(1));
            Assert.That(set.For("other"), Is.SameAs(ClusterOverridePlan.None));
        });
    }

    [Test]
    public void Parse_ClusterTwice_FailsThatClusterOnly()
    {
        var set = OverrideSet.Parse(Federated.Of("""
            {"overrides":[{"clusterName":"a","clusterOverrides":[]},{"clusterName":"b"},{"clusterName":"a"}]}
            """));
        Assert.That(set.For("a").Error, Is.EqualTo("spec.overrides[2].clusterName: cluster \"a\" appears more than once"));
        Assert.That(set.For("b").IsFailed, Is.False);
    }

    [TestCase("""{"overrides":{}}""", "spec.overrides: must be a list")]
    [TestCase("""{"overrides":[{"clusterOverrides":[]}]}""", "spec.overrides[0].clusterName: is required")]
    [TestCase("""{"overrides":[7]}""", "spec.overrides[0]: must be an object")]
    public void Parse_NobodyToBlame_FailsEveryCluster(string spec, string error) =>
        Assert.That(OverrideSet.Parse(Federated.Of(spec)).For("any").Error, Is.EqualTo(error));

    [TestCase("{}")]
    [TestCase("""{"overrides":null}""")]
    [TestCase("""{"overrides":[]}""")]
    public void Parse_Nothing_IsEmpty(string spec) => Assert.That(OverrideSet.Parse(Federated.Of(spec)).IsEmpty);
}
