using System.Text.Json.Nodes;
using KubeFed.FederationApis.Crds;

namespace KubeFed.FederationApis.Tests.Crds;

public sealed class FederatedTypeFactoryTests
{
    public static readonly FederationTarget Deployments = new()
    {
        Resource = new() { Group = "apps", Version = "v1", Kind = "Deployment", PluralName = "deployments", Scope = "Namespaced" },
        ShortNames = ["deploy"],
        HasReplicas = true,
    };

    public static readonly FederationTarget Namespaces = new()
    {
        Resource = new() { Version = "v1", Kind = "Namespace", PluralName = "namespaces", Scope = "Cluster" },
        ShortNames = ["ns"],
    };

    [Test]
    public void CreateDefinition_Deployment_HasUpstreamsNames()
    {
        var definition = FederatedTypeFactory.CreateDefinition(Deployments).ToNode();
        var spec = definition["spec"]!;
        Assert.Multiple(() =>
        {
            Assert.That(definition["metadata"]!.ToJsonString(), Is.EqualTo("""{"name":"federateddeployments.types.kubefed.io"}"""));
            Assert.That(spec["names"]!.ToJsonString(), Is.EqualTo("""{"kind":"FederatedDeployment","plural":"federateddeployments","shortNames":["fdeploy"]}"""));
            Assert.That(spec["group"]!.GetValue<string>(), Is.EqualTo("types.kubefed.io"));
            Assert.That(spec["scope"]!.GetValue<string>(), Is.EqualTo("Namespaced"));
            Assert.That(spec["versions"]![0]!["name"]!.GetValue<string>(), Is.EqualTo("v1beta1"));
            Assert.That(spec["versions"]!.ToJsonString(), Does.Contain("retainReplicas"));
        });
    }

    [Test]
    public void CreateDefinition_Namespace_IsNamespacedWithoutReplicas()
    {
        var definition = FederatedTypeFactory.CreateDefinition(Namespaces).ToNode();
        Assert.That(definition["spec"]!["scope"]!.GetValue<string>(), Is.EqualTo("Namespaced"));
        Assert.That(definition.ToJsonString(), Does.Not.Contain("retainReplicas"));
    }

    [Test]
    public void CreateDefinition_ClusterScopedWithoutShortNames_IsClusterScoped()
    {
        var target = new FederationTarget
        {
            Resource = new() { Group = "rbac.authorization.k8s.io", Version = "v1", Kind = "ClusterRole", PluralName = "clusterroles", Scope = "Cluster" },
            FederatedGroup = "my.example.com",
            FederatedVersion = "v2",
        };
        var definition = FederatedTypeFactory.CreateDefinition(target);
        var spec = definition.ToNode()["spec"]!;
        Assert.Multiple(() =>
        {
            Assert.That(definition.Metadata.Name, Is.EqualTo("federatedclusterroles.my.example.com"));
            Assert.That(spec["scope"]!.GetValue<string>(), Is.EqualTo("Cluster"));
            Assert.That(spec["names"]!["shortNames"], Is.Null);
            Assert.That(spec["versions"]![0]!["name"]!.GetValue<string>(), Is.EqualTo("v2"));
        });
    }

    [Test]
    public void CreateTypeConfig_Targets_AreNamedAfterThem()
    {
        var deployments = FederatedTypeFactory.CreateTypeConfig(Deployments, "kf");
        var namespaces = FederatedTypeFactory.CreateTypeConfig(Namespaces, "kf");
        Assert.Multiple(() =>
        {
            Assert.That(deployments.Metadata.Name, Is.EqualTo("deployments.apps"));
            Assert.That(namespaces.Metadata.Name, Is.EqualTo("namespaces"));
            Assert.That(namespaces.Spec.FederatedType.Scope, Is.EqualTo("Namespaced"));
            Assert.That(namespaces.Spec.TargetType.Group, Is.Null);
            Assert.That(Validation(deployments) + Validation(namespaces), Is.Empty);
        });

        static string Validation(FederationApis.Core.V1Beta1.FederatedTypeConfig config) =>
            FederationApis.Validation.FederatedTypeConfigValidator.Validate(config).ToString();
    }

    [TestCase("""{"properties":{"spec":{"properties":{"replicas":{"type":"integer","format":"int32"}}}}}""", true)]
    [TestCase("""{"properties":{"spec":{"properties":{"replicas":{"type":"integer"}}}}}""", true)]
    [TestCase("""{"properties":{"spec":{"properties":{"replicas":{"type":"integer","format":"int64"}}}}}""", false)]
    [TestCase("""{"properties":{"spec":{"properties":{"replicas":{"type":"string"}}}}}""", false)]
    [TestCase("""{"properties":{"spec":{"properties":{}}}}""", false)]
    [TestCase("""{"properties":[]}""", false)]
    [TestCase("null", false)]
    public void HasReplicas_Schema_IsRead(string schema, bool expected) =>
        Assert.That(FederatedTypeFactory.HasReplicas(JsonNode.Parse(schema)), Is.EqualTo(expected));
}
