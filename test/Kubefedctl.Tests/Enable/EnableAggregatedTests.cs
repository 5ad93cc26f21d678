using KubeFed.ApiMachinery.Errors;
using KubeFed.FederationApis;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Enable;

/// <summary>Hosts with the federation's own API server behind theirs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EnableAggregatedTests
{
    private const string Namespace = FakeFederation.Namespace;
    private const string Crd = "federateddeployments.types.kubefed.io";

    [Test]
    public async Task Enable_GroupServedBehindTheHost_WritesTheConfigAlone()
    {
        var federation = Aggregated();

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);

        Assert.That(
            federation.Out,
            Is.EqualTo($"""
                federatedtypeconfig.core.kubefed.io/deployments.apps created in namespace {Namespace}
                {Crd} served by {Namespace}/kubefed-apiserver

                """));
        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", Crd), Is.Null);
        Assert.That(federation.Host.Find(FederationResources.FederatedTypeConfigs, Namespace, "deployments.apps"), Is.Not.Null);
    }

    [Test]
    public async Task Enable_Again_SaysUpdated()
    {
        var federation = Aggregated();
        await federation.RunAsync("enable", "deployments");

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Does.Contain("deployments.apps updated in namespace").And.Contain($"{Crd} served by"));
    }

    [Test]
    public async Task Enable_OutputYaml_PrintsTheConfigAlone()
    {
        var federation = Aggregated();
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("enable", "deployments", "-o", "yaml"), Is.Zero, federation.Error);

        var documents = ApiMachinery.Yaml.KubeYaml.ReadDocuments(federation.Out);
        Assert.That(documents.Select(d => (string?)d!["kind"]), Is.EqualTo(new[] { "FederatedTypeConfig" }));
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [Test]
    public async Task Enable_DryRun_ChangesNothingAndDoesNotWait()
    {
        var federation = Aggregated();
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("enable", "deployments", "--dry-run"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Does.Contain("deployments.apps created in").And.Contain($"{Crd} served by {Namespace}/kubefed-apiserver (dry run)"));
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [TestCase(404, "")]
    [TestCase(503, "service unavailable")]
    [TestCase(200, "<html>")]
    [TestCase(200, """{"resources":[{"name":"federatedsecrets"}]}""")]
    [TestCase(200, """{"resources":[3]}""")]
    public async Task Enable_NeverServed_FailsWithinItsBoundAndTakesTheConfigBack(int code, string body)
    {
        var federation = Aggregated();
        federation.Host.Paths = _ => (code, body);
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain($"did not serve {Crd}/v1beta1 within 30 s: v1beta1.types.kubefed.io sends it to the service {Namespace}/kubefed-apiserver"));
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [Test]
    public async Task Enable_ServedAfterAWhile_Waits()
    {
        var federation = Aggregated();
        var serves = federation.Host.Paths;
        var asked = 0;
        federation.Host.Paths = path => ++asked < 4 ? (404, "") : serves(path);

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);

        Assert.That(asked, Is.EqualTo(4));
    }

    [Test]
    public async Task Enable_AnotherGroupThanServedBehindTheHost_WritesTheDefinition()
    {
        var federation = Aggregated();

        Assert.That(await federation.RunAsync("enable", "deployments", "--federated-group", "fed.example.com"), Is.Zero, federation.Error);

        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", "federateddeployments.fed.example.com"), Is.Not.Null);
    }

    [Test]
    public async Task Enable_ApiServiceOfADefinition_WritesTheDefinition()
    {
        var federation = new FakeFederation();
        federation.Host.Put(
            KubeResources.ApiServices,
            """{"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService","metadata":{"name":"v1beta1.types.kubefed.io"},"spec":{"group":"types.kubefed.io","version":"v1beta1"}}""");

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);

        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", Crd), Is.Not.Null);
    }

    [Test]
    public async Task Enable_ApiServicesMayNotBeRead_WarnsAndWritesTheDefinition()
    {
        var federation = new FakeFederation();
        federation.Host.Before = (verb, resource, name) =>
        {
            if (verb == "get" && resource.Resource == "apiservices")
            {
                throw StatusErrors.Forbidden(resource.GroupResource, name.Name, "no right");
            }
        };

        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);

        Assert.That(federation.Error, Does.StartWith("Warning: ").And.Contain("does not let you read APIService \"v1beta1.types.kubefed.io\""));
        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", Crd), Is.Not.Null);
    }

    private static FakeFederation Aggregated()
    {
        var federation = new FakeFederation();
        federation.Aggregate(FederationGroups.Types);
        return federation;
    }
}
