using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationCore.Tests.Rendering;

public sealed class DesiredObjectBuilderTests
{
    private static DesiredObject Build(string spec, string cluster = "c1")
    {
        var result = new DesiredObjectBuilder(Federated.Of(spec), Federated.Deployment).Build(cluster);
        Assert.That(result.Error, Is.Null);
        return result.Object!;
    }

    private static string Override(string template, string operations) =>
        $$"""{"template":{{template}},"overrides":[{"clusterName":"c1","clusterOverrides":[{{operations}}]}]}""";

    [Test]
    public void Build_Template_IsCanonicalAndIdentified()
    {
        var desired = Build("""{"template":{"spec":{"b":1.50,"a":"<ü>"},"metadata":{"labels":{"z":"1","app":"x"}}}}""");
        Assert.That(Federated.Text(desired.Utf8Json), Is.EqualTo(
            """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"app":"x","kubefed.io/managed":"true","z":"1"},"name":"web","namespace":"shop"},"spec":{"a":"<ü>","b":1.50}}"""));
        Assert.Multiple(() =>
        {
            Assert.That(desired.Key, Is.EqualTo(new NamespacedName("shop", "web")));
            Assert.That(desired.Kind, Is.EqualTo(Federated.Deployment.Kind));
            Assert.That(desired.Labels["kubefed.io/managed"], Is.EqualTo("true"));
            Assert.That(desired.Hash, Does.Match("^[0-9a-f]{32}$"));
        });
    }

    [Test]
    public void Build_ServerOwnedFields_AreLeftOut()
    {
        var spec = """
            {"template":{"kind":"Other","metadata":{"name":"x","namespace":"y","generateName":"g","uid":"1","resourceVersion":"2","generation":3,
              "creationTimestamp":null,"selfLink":"/","managedFields":[],"deletionTimestamp":"2020-01-01T00:00:00Z","deletionGracePeriodSeconds":1,
              "ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u"}],"finalizers":["a/b"],"annotations":{"k":"v"}},"status":{"x":1}}}
            """;
        var builder = new DesiredObjectBuilder(Federated.Of(spec), Federated.Deployment);
        var desired = builder.Build("c1").Object!;
        Assert.Multiple(() =>
        {
            Assert.That(Federated.Text(desired.Utf8Json), Is.EqualTo(
                """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"annotations":{"k":"v"},"labels":{"kubefed.io/managed":"true"},"name":"web","namespace":"shop"}}"""));
            Assert.That(builder.DropsFinalizers);
            Assert.That(desired.Annotations["k"], Is.EqualTo("v"));
        });
    }

    [TestCase("{}", "apps/v1")]
    [TestCase("""{"template":{"apiVersion":""}}""", "apps/v1")]
    [TestCase("""{"template":{"apiVersion":"/v1"}}""", "v1")]
    [TestCase("""{"template":{"apiVersion":"apps/v1beta1"}}""", "apps/v1beta1")]
    public void Build_ApiVersion_IsTemplatesElseTypes(string spec, string expected) =>
        Assert.That(Build(spec).Kind.ApiVersion, Is.EqualTo(expected));

    [Test]
    public void Build_ClusterScopedTarget_HasNoNamespace()
    {
        var target = new TargetDescription(new GroupVersionKind("", "v1", "Namespace"), Namespaced: false);
        var desired = new DesiredObjectBuilder(Federated.Of("{}"), target).Build("c1").Object!;
        Assert.That(Federated.Text(desired.Utf8Json), Does.Not.Contain("namespace"));
        Assert.That(desired.Key, Is.EqualTo(NamespacedName.Cluster("web")));
    }

    [TestCase("""{"template":[]}""", "spec.template: must be an object")]
    [TestCase("""{"template":{"metadata":7}}""", "spec.template.metadata: must be an object")]
    [TestCase("""{"template":{"metadata":{"labels":[]}}}""", "metadata.labels: must be an object")]
    [TestCase("""{"template":{"apiVersion":7}}""", "apiVersion: must be a string")]
    [TestCase("""{"template":{"apiVersion":"a/b/c"}}""", "apiVersion")]
    [TestCase("""{"template":{"a":1,"a":2}}""", "spec.template")]
    public void Build_BadTemplate_IsComputeResourceFailed(string spec, string error)
    {
        var result = new DesiredObjectBuilder(Federated.Of(spec), Federated.Deployment).Build("c1");
        Assert.That(result.IsOk, Is.False);
        Assert.That(result.Status, Is.EqualTo(PropagationStatus.ComputeResourceFailed));
        Assert.That(result.Error, Does.Contain(error));
    }

    [TestCase("""{"path":"/spec/new","value":1}""", """{"list":[1,2],"new":1,"x":{"y":1}}""", TestName = "replace of a missing member adds")]
    [TestCase("""{"op":"replace","path":"/spec/x/y","value":{"z":null}}""", """{"list":[1,2],"x":{"y":{"z":null}}}""")]
    [TestCase("""{"op":"add","path":"/spec/list/-","value":3}""", """{"list":[1,2,3],"x":{"y":1}}""")]
    [TestCase("""{"op":"add","path":"/spec/list/0","value":0}""", """{"list":[0,1,2],"x":{"y":1}}""")]
    [TestCase("""{"op":"add","path":"/spec/list/2","value":3}""", """{"list":[1,2,3],"x":{"y":1}}""")]
    [TestCase("""{"op":"remove","path":"/spec/list/1"}""", """{"list":[1],"x":{"y":1}}""")]
    [TestCase("""{"op":"remove","path":"/spec/list"},{"path":"/spec/x","value":2}""", """{"x":2}""")]
    [TestCase("""{"path":"/spec/x"}""", """{"list":[1,2],"x":null}""", TestName = "no value is null")]
    [TestCase("""{"op":"add","path":"/spec/a~1b~0c","value":1}""", """{"a/b~c":1,"list":[1,2],"x":{"y":1}}""")]
    public void Build_Override_Applies(string operations, string expected)
    {
        var desired = Build(Override("""{"spec":{"list":[1,2],"x":{"y":1}}}""", operations));
        Assert.That(JsonNode.Parse(desired.Utf8Json.Span)!["spec"]!.ToJsonString(), Is.EqualTo(expected));
    }

    [TestCase("""{"op":"remove","path":"/spec/missing"}""")]
    [TestCase("""{"path":"/spec/missing/child","value":1}""")]
    [TestCase("""{"op":"add","path":"/metadata/annotations/a","value":"1"}""")]
    [TestCase("""{"path":"/spec/list/2","value":1}""")]
    [TestCase("""{"op":"add","path":"/spec/list/3","value":1}""")]
    [TestCase("""{"path":"/spec/list/-1","value":1}""")]
    [TestCase("""{"op":"remove","path":"/spec/list/-"}""")]
    [TestCase("""{"path":"/spec/list/x","value":1}""")]
    [TestCase("""{"path":"/spec/list/01","value":1}""")]
    [TestCase("""{"path":"/spec/x/y/z","value":1}""")]
    [TestCase("""{"path":"/metadata/labels","value":7}""")]
    [TestCase("""{"path":"/apiVersion","value":7}""")]
    public void Build_OverrideThatDoesNotFit_FailsThatClusterOnly(string operation)
    {
        var builder = new DesiredObjectBuilder(
            Federated.Of(Override("""{"spec":{"list":[1,2],"x":{"y":1}}}""", operation)), Federated.Deployment);
        var failed = builder.Build("c1");
        Assert.Multiple(() =>
        {
            Assert.That(failed.Status, Is.EqualTo(PropagationStatus.ApplyOverridesFailed));
            Assert.That(failed.Error, Is.Not.Empty);
            Assert.That(builder.Build("c2").IsOk);
        });
    }

    [Test]
    public void Build_OverrideOfLabels_CannotRemoveManagedLabel()
    {
        var desired = Build(Override("""{"metadata":{"labels":{"a":"1"}}}""", """{"path":"/metadata/labels","value":{"b":"2","kubefed.io/managed":"false"}}"""));
        Assert.That(desired.Labels.Select(l => $"{l.Key}={l.Value}"), Is.EqualTo(["b=2", "kubefed.io/managed=true"]));
    }

    [Test]
    public void Build_OverrideOfFinalizers_IsApplied() =>
        Assert.That(
            Federated.Text(Build(Override("""{"metadata":{"finalizers":["x/y"]}}""", """{"path":"/metadata/finalizers","value":["a/b"]}""")).Utf8Json),
            Does.Contain("""
                "finalizers":["a/b"]
                """.Trim()));

    [Test]
    public void Build_OverrideOfServerOwnedFields_IsLeftOut()
    {
        var desired = Build(Override("{}", """{"path":"/metadata/uid","value":"1"},{"path":"/status","value":{"a":1}}"""));
        Assert.That(Federated.Text(desired.Utf8Json), Does.Not.Contain("uid").And.Not.Contain("status"));
    }

    [Test]
    public void Build_RetainReplicas_LeavesThemOutAndRemembersThem()
    {
        var desired = Build("""{"template":{"spec":{"replicas":3,"x":1}},"retainReplicas":true}""");
        Assert.Multiple(() =>
        {
            Assert.That(Federated.Text(desired.Utf8Json), Does.EndWith("""
                "spec":{"x":1}}
                """.Trim()));
            Assert.That(desired.InitialReplicas, Is.EqualTo(3));
            Assert.That(Federated.Text(desired.ToCreateJson()), Does.EndWith("""
                "spec":{"replicas":3,"x":1}}
                """.Trim()));
        });
    }

    [Test]
    public void Build_RetainReplicasWithOverride_AppliesTheOverride()
    {
        var desired = Build("""
            {"template":{"spec":{"replicas":3}},"retainReplicas":true,"overrides":[{"clusterName":"c1","clusterOverrides":[{"path":"/spec/replicas","value":5}]}]}
            """);
        Assert.That(Federated.Text(desired.Utf8Json), Does.Contain("\"replicas\":5"));
        Assert.That(desired.InitialReplicas, Is.Null);
        Assert.That(desired.ToCreateJson(), Is.EqualTo(desired.Utf8Json));
    }

    [Test]
    public void Build_ClustersWithoutOverrides_ShareOneObject()
    {
        var builder = new DesiredObjectBuilder(Federated.Of(Override("""{"spec":{"x":1}}""", """{"path":"/spec/x","value":2}""")), Federated.Deployment);
        Assert.That(builder.Build("c2").Object, Is.SameAs(builder.Build("c3").Object));
        Assert.That(builder.Build("c1").Object!.Hash, Is.Not.EqualTo(builder.Build("c2").Object!.Hash));
    }

    [Test]
    public void Build_SameContentInOtherOrder_HasTheSameHash() =>
        Assert.That(
            Build("""{"template":{"spec":{"a":1,"b":{"c":2,"d":3}}}}""").Hash,
            Is.EqualTo(Build("""{"template":{ "spec": {"b":{"d":3,"c":2},"a":1}}}""").Hash));
}
