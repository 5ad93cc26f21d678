using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;
using KubeFed.TestSupport.IO;

namespace KubeFed.Kubefedctl.Tests.Enable;

[Parallelizable(ParallelScope.All)]
public sealed class EnableTests
{
    private const string Namespace = FakeFederation.Namespace;
    private const string Crd = "federateddeployments.types.kubefed.io";

    [TestCase("deployments")]
    [TestCase("deploy")]
    [TestCase("Deployment")]
    [TestCase("deployments.apps")]
    public async Task Enable_Name_WritesDefinitionAndConfig(string name)
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("enable", name), Is.Zero, federation.Error);

        Assert.That(
            federation.Out,
            Is.EqualTo($"""
                customresourcedefinition.apiextensions.k8s.io/{Crd} created
                federatedtypeconfig.core.kubefed.io/deployments.apps created in namespace {Namespace}

                """));
        var config = federation.Host.Find(FederationResources.FederatedTypeConfigs, Namespace, "deployments.apps")!;
        Assert.That(config.GetString("spec", "targetType", "version"), Is.EqualTo("v1"));
        Assert.That(config.GetString("spec", "federatedType", "kind"), Is.EqualTo("FederatedDeployment"));
        Assert.That(config.GetString("spec", "propagation"), Is.EqualTo("Enabled"));
    }

    [Test]
    public async Task Enable_Again_SaysUpdated()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("enable", "deployments");

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Does.Contain($"{Crd} updated").And.Contain("deployments.apps updated in namespace"));
    }

    [TestCase("customresourcedefinitions")]
    [TestCase("federatedtypeconfigs")]
    public async Task Enable_AnswerToACreateIsLost_UndoesBoth(string resource)
    {
        var federation = new FakeFederation();
        var before = federation.Host.Names;
        federation.Host.BeforeAnswer = created =>
        {
            if (created.Resource == resource)
            {
                throw StatusErrors.ServiceUnavailable("the server is going away");
            }
        };

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.EqualTo(1));

        Assert.That(federation.Host.Names, Is.EqualTo(before), federation.Error);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Enable_ReplicasInTheServersDefinition_DecidesRetainReplicas(bool replicas)
    {
        var federation = new FakeFederation();
        federation.OpenApi.Kinds[new GroupVersionKind("apps", "v1", "Deployment")] = Schema(replicas);

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);

        Assert.That(HasRetainReplicas(federation), Is.EqualTo(replicas));
    }

    [Test]
    public async Task Enable_ReplicasInTheTargetsDefinition_DecidesRetainReplicas()
    {
        var federation = new FakeFederation();
        var crd = JsonNode.Parse("""{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"deployments.apps"},"spec":{"versions":[{"name":"v1"}]}}""")!;
        crd["spec"]!["versions"]![0]!["schema"] = new JsonObject { ["openAPIV3Schema"] = Schema(true) };
        federation.Host.Put(KubeResources.CustomResourceDefinitions, crd.ToJsonString());

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);

        Assert.That(HasRetainReplicas(federation), Is.True);
    }

    [Test]
    public async Task Enable_OutputYaml_PrintsAndWritesNothing()
    {
        var federation = new FakeFederation();
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("enable", "deployments", "-o", "yaml"), Is.Zero, federation.Error);

        var documents = ApiMachinery.Yaml.KubeYaml.ReadDocuments(federation.Out).ToArray();
        Assert.That(documents.Select(d => (string?)d!["kind"]), Is.EqualTo(new[] { "FederatedTypeConfig", "CustomResourceDefinition" }));
        Assert.That(documents.Select(d => d!["status"]), Has.All.Null);
        Assert.That(documents.Select(d => d!["metadata"]!["creationTimestamp"]), Has.All.Null);
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [Test]
    public async Task Enable_OwnGroupAndVersions_AreUsed()
    {
        var federation = new FakeFederation();
        federation.Mapper.Resources.Add(FakeRestMapper.Namespaced("apps", "v1beta2", "deployments", "Deployment") with { IsPreferredVersion = false });

        Assert.That(
            await federation.RunAsync("enable", "deployments", "--version", "v1beta2", "--federated-group", "fed.example.com", "--federated-version", "v1"),
            Is.Zero,
            federation.Error);

        var config = federation.Host.Find(FederationResources.FederatedTypeConfigs, Namespace, "deployments.apps")!;
        Assert.That(config.GetString("spec", "targetType", "version"), Is.EqualTo("v1beta2"));
        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", "federateddeployments.fed.example.com"), Is.Not.Null);
    }

    [Test]
    public async Task Enable_Directive_IsReadInPlaceOfFlags()
    {
        var federation = new FakeFederation();
        using var folder = new TempFolder();
        var file = folder.Write(
            "directive.yaml",
            """
            apiVersion: core.kubefed.io/v1beta1
            kind: EnableTypeDirective
            metadata:
              name: deployments
            spec:
              federatedGroup: fed.example.com
            """);

        Assert.That(await federation.RunAsync("enable", "-f", file), Is.Zero, federation.Error);

        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", "federateddeployments.fed.example.com"), Is.Not.Null);
    }

    [TestCase("kind: Other", "kind: expected EnableTypeDirective")]
    [TestCase("apiVersion: core.kubefed.io/v1beta1\nkind: EnableTypeDirective", "metadata.name: the name of the type is missing")]
    [TestCase("apiVersion: core.kubefed.io/v1beta1\nkind: EnableTypeDirective\nmetadata: [1]", "metadata: expected an object")]
    [TestCase("apiVersion: core.kubefed.io/v1beta1\nkind: EnableTypeDirective\nmetadata: {name: 3}", "name: expected a string")]
    [TestCase(
        "apiVersion: core.kubefed.io/v1beta1\nkind: EnableTypeDirective\nmetadata: {name: x}\nspec: {targetVersoin: v1}",
        "spec.targetVersoin: unknown field; did you mean \"targetVersion\"?")]
    [TestCase("- 1", "expected one EnableTypeDirective")]
    [TestCase("{", "directive.yaml: ")]
    public async Task Enable_MalformedDirective_NamesTheField(string text, string message)
    {
        var federation = new FakeFederation();
        using var folder = new TempFolder();
        var file = folder.Write("directive.yaml", text);

        Assert.That(await federation.RunAsync("enable", "-f", file), Is.EqualTo(1));

        Assert.That(federation.Error, Does.StartWith($"Error: {file}").And.Contain(message));
        Assert.That(federation.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Enable_UnknownType_SuggestsNearNames()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("enable", "deploymets"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("has no resource type \"deploymets\"; did you mean \"deployments\""));
    }

    [Test]
    public async Task Enable_AmbiguousName_ListsTheCandidates()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("enable", "widgets"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("could mean several types").And.Contain("widgets.one.example.com, widgets.two.example.com"));
    }

    [Test]
    public async Task Enable_VersionNotServed_SaysWhichIsPreferred()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("enable", "deployments", "--version", "v9"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("does not serve deployments.apps in version \"v9\"; it prefers v1"));
    }

    [Test]
    public async Task Enable_NoNamespace_PointsToInstall()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("enable", "deployments", "--kubefed-namespace", "elsewhere"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("has no namespace \"elsewhere\": run \"kubefedctl install\""));
    }

    [Test]
    public async Task Enable_OtherFederatedGroupThanBefore_IsRefused()
    {
        var federation = new FakeFederation();
        await federation.RunAsync("enable", "deployments");

        Assert.That(await federation.RunAsync("enable", "deployments", "--federated-group", "fed.example.com"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("uses federateddeployments.types.kubefed.io/v1beta1, not federateddeployments.fed.example.com/v1beta1"));
    }

    [Test]
    public async Task Enable_EquivalentApiEnabled_IsRefused()
    {
        var federation = new FakeFederation();
        federation.Mapper.Resources.Add(FakeRestMapper.Namespaced("extensions", "v1beta1", "deployments", "Deployment"));
        Assert.That(await federation.RunAsync("enable", "deployments.apps"), Is.Zero, federation.Error);

        Assert.That(await federation.RunAsync("enable", "deployments.extensions"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("deployments.apps is enabled already, and deployments.extensions is another name of the same objects"));
    }

    [Test]
    public async Task Enable_SamePluralOfAnotherGroup_HintsAtTheGroupFlag()
    {
        var federation = new FakeFederation();
        Assert.That(await federation.RunAsync("enable", "widgets.one.example.com"), Is.Zero, federation.Error);

        Assert.That(await federation.RunAsync("enable", "widgets.two.example.com"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("uses federatedwidgets.types.kubefed.io already; choose another group with --federated-group"));
    }

    [Test]
    public async Task Enable_ConfigRefused_TakesTheDefinitionBack()
    {
        var federation = new FakeFederation();
        federation.Host.Before = (verb, resource, name) =>
        {
            if (verb == "create" && resource.Resource == "federatedtypeconfigs")
            {
                throw StatusErrors.Forbidden(resource.GroupResource, name.Name, "no right");
            }
        };

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.EqualTo(1));

        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", Crd), Is.Null, federation.Error);
    }

    [Test]
    public async Task Enable_NeverEstablished_FailsWithinItsBound()
    {
        var federation = new FakeFederation();
        federation.Host.OnCreate = static o => o;

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain($"did not establish customresourcedefinition.apiextensions.k8s.io/{Crd} within 30 s"));
    }

    [Test]
    public async Task Enable_DryRun_ChangesNothing()
    {
        var federation = new FakeFederation();
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("enable", "deployments", "--dry-run"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Does.Contain($"{Crd} created (dry run)"));
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    private static bool HasRetainReplicas(FakeFederation federation)
    {
        var crd = federation.Host.Find(KubeResources.CustomResourceDefinitions, "", Crd)!;
        var schema = crd.GetNode("spec", "versions")![0]!["schema"]!["openAPIV3Schema"]!;
        return schema["properties"]!["spec"]!["properties"]!["retainReplicas"] is not null;
    }

    private static JsonObject Schema(bool replicas)
    {
        var schema = JsonNode.Parse("""{"properties":{"spec":{"properties":{"paused":{"type":"boolean"}}}}}""")!.AsObject();
        if (replicas)
        {
            schema["properties"]!["spec"]!["properties"]!["replicas"] = new JsonObject { ["type"] = "integer", ["format"] = "int32" };
        }

        return schema;
    }
}
