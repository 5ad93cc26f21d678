using KubeFed.FederationCore.Overrides;

namespace KubeFed.FederationCore.Tests.Overrides;

[TestFixture]
public sealed class OverrideCheckTests
{
    private const string Template = """{"metadata":{"labels":{"app":"web"}},"spec":{"replicas":3,"template":{"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}""";

    [TestCase("""{"path":"/spec/replicas","value":5}""")]
    [TestCase("""{"path":"/spec/paused","value":true}""")]
    [TestCase("""{"op":"add","path":"/metadata/labels/tier","value":"gold"}""")]
    [TestCase("""{"op":"add","path":"/spec/template/spec/containers/-","value":{"name":"side"}}""")]
    [TestCase("""{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"nginx:2"}""")]
    [TestCase("""{"op":"remove","path":"/spec/template/spec/containers/0"}""")]
    [TestCase("""{"path":"/apiVersion","value":"apps/v1beta1"}""")]
    public void Of_WhatApplies_FindsNothing(string operation)
    {
        var check = Check(operation);

        Assert.Multiple(() =>
        {
            Assert.That(check.Errors, Is.Empty);
            Assert.That(check.Warnings, Is.Empty);
        });
    }

    [TestCase("""{"op":"add","path":"/spec/strategy/type","value":"x"}""", "path", "Invalid value: \"/spec/strategy/type\"")]
    [TestCase("""{"op":"replace","path":"/spec/template/spec/containers/1/image","value":"x"}""", "path", "Invalid value")]
    [TestCase("""{"op":"remove","path":"/spec/template/spec/containers/-1"}""", "path", "Invalid value")]
    [TestCase("""{"op":"add","path":"/spec/template/spec/containers/7","value":{}}""", "path", "Invalid value")]
    [TestCase("""{"path":"/metadata/name","value":"x"}""", "path", "\"/metadata/name\" cannot be overridden")]
    [TestCase("""{"path":"/kind","value":"x"}""", "path", "cannot be overridden")]
    [TestCase("""{"path":"spec/replicas","value":1}""", "path", "must begin with a slash")]
    [TestCase("""{"op":"move","path":"/spec/replicas"}""", "op", "Unsupported value: \"move\": supported values: \"add\", \"remove\", \"replace\"")]
    public void Of_WhatNeverApplies_IsAnErrorAtItsField(string operation, string field, string message)
    {
        var check = Check(operation);

        Assert.That(check.Errors, Has.Count.EqualTo(1));
        Assert.Multiple(() =>
        {
            Assert.That(check.Errors[0].Field, Is.EqualTo($"spec.overrides[0].clusterOverrides[0].{field}"));
            Assert.That(check.Errors[0].Body, Does.Contain(message));
        });
    }

    [Test]
    public void Of_ARemovalOfWhatTheTemplateLacks_IsAWarning()
    {
        var check = Check("""{"op":"remove","path":"/spec/minReadySeconds"}""");

        Assert.Multiple(() =>
        {
            Assert.That(check.Errors, Is.Empty);
            Assert.That(check.Warnings, Is.EqualTo(new[]
            {
                "spec.overrides[0].clusterOverrides[0].path: the template has no /spec/minReadySeconds to remove: cluster \"c1\" will report ApplyOverridesFailed",
            }));
        });
    }

    [Test]
    public void Of_OperationsThatBuildOnEachOther_AreTriedInOrder()
    {
        var check = Check("""{"op":"add","path":"/spec/strategy","value":{}},{"op":"add","path":"/spec/strategy/type","value":"Recreate"}""");

        Assert.That(check.Errors, Is.Empty);
    }

    [Test]
    public void Of_TwoEntriesOfOneCluster_AndTwoOperationsOnOnePath_AreDuplicates()
    {
        var check = OverrideCheck.Of(
            Federated.Of($$"""{"template":{{Template}},"overrides":[{"clusterName":"c1","clusterOverrides":[{"path":"/spec/a","value":1},{"path":"/spec/a","value":2}]},{"clusterName":"c1"}]}"""),
            Federated.Deployment);

        Assert.That(check.Errors.Select(error => error.ToString()), Is.EqualTo(new[]
        {
            "spec.overrides[0].clusterOverrides[1].path: Duplicate value: \"/spec/a\"",
            "spec.overrides[1].clusterName: Duplicate value: \"c1\"",
        }));
    }

    [Test]
    public void Of_EachCluster_BeginsWithTheTemplate()
    {
        var check = OverrideCheck.Of(
            Federated.Of($$"""{"template":{{Template}},"overrides":[{"clusterName":"c1","clusterOverrides":[{"op":"add","path":"/spec/strategy","value":[]}]},{"clusterName":"c2","clusterOverrides":[{"op":"add","path":"/spec/strategy/type","value":"x"}]}]}"""),
            Federated.Deployment);

        Assert.That(check.Errors.Select(error => error.Field), Is.EqualTo(new[] { "spec.overrides[1].clusterOverrides[0].path" }));
    }

    private static OverrideCheck Check(string operations) =>
        OverrideCheck.Of(Federated.Of($$"""{"template":{{Template}},"overrides":[{"clusterName":"c1","clusterOverrides":[{{operations}}]}]}"""), Federated.Deployment);
}
