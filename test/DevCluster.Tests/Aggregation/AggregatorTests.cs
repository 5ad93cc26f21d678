using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Tests.Controllers;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.DevClusters.Tests.Aggregation;

[Parallelizable(ParallelScope.All)]
internal sealed class AggregatorTests
{
    private static readonly GroupVersionResource ApiServices = new("apiregistration.k8s.io", "v1", "apiservices");
    private static readonly GroupVersionResource Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions");
    private static readonly GroupVersionResource Namespaces = new(string.Empty, "v1", "namespaces");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly GroupVersionResource Flunders = new("wardle.example.dev", "v1", "flunders");

    [Test]
    public async Task ApiService_WithAuthorityOfItsServer_IsServedAsTheUserWhoAsks()
    {
        await using var backend = await EchoBackend.StartAsync(CancellationToken.None);
        await using var cluster = await DevCluster.StartAsync(new DevClusterOptions { ResolveService = (_, name, _) => name == "wardle" ? backend.Address : null }, CancellationToken.None);
        var client = cluster.CreateClient();

        await client.CreateAsync(ApiServices, ApiService(backend.Authority), cancellationToken: CancellationToken.None);
        Assert.That(await AvailableAsync(client, "True"), Is.EqualTo("Passed"));

        var flunder = await client.GetAsync(Flunders, new NamespacedName("default", "a"), cancellationToken: CancellationToken.None);
        Assert.That(flunder.Metadata.Annotations["user"], Is.EqualTo("kubefed-admin"));
        Assert.That(flunder.Metadata.Annotations["groups"].Split('\n'), Is.EquivalentTo(new[] { "system:masters", "system:authenticated" }), "a header for each group");
        Assert.That(flunder.Metadata.Annotations["proxy"], Is.EqualTo("CN=front-proxy-client"));
        Assert.That((await client.GetPathAsync("/apis", CancellationToken.None)).Body, Does.Contain("wardle.example.dev"));
    }

    [Test]
    public async Task Watch_NothingHappens_OpensAtOnce()
    {
        await using var backend = await EchoBackend.StartAsync(CancellationToken.None);
        await using var cluster = await DevCluster.StartAsync(new DevClusterOptions { ResolveService = (_, _, _) => backend.Address }, CancellationToken.None);
        var client = cluster.CreateClient();
        await client.CreateAsync(ApiServices, ApiService(backend.Authority), cancellationToken: CancellationToken.None);
        Assert.That(await AvailableAsync(client, "True"), Is.EqualTo("Passed"));

        using var end = new CancellationTokenSource(Patience);
        bool opened = false;
        void Open()
        {
            opened = true;
            end.Cancel();
        }

        await using var events = client.WatchAsync(Flunders, null, new WatchOptions { OnOpened = Open }, end.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.That(async () => await events.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(opened, "the head of the answer came");
    }

    [Test]
    public async Task ApiService_WithAnotherAuthority_IsNotAvailable()
    {
        await using var backend = await EchoBackend.StartAsync(CancellationToken.None);
        await using var other = await EchoBackend.StartAsync(CancellationToken.None);
        await using var cluster = await DevCluster.StartAsync(new DevClusterOptions { ResolveService = (_, _, _) => backend.Address }, CancellationToken.None);
        var client = cluster.CreateClient();

        await client.CreateAsync(ApiServices, ApiService(other.Authority), cancellationToken: CancellationToken.None);

        Assert.That(await AvailableAsync(client, "False"), Is.EqualTo("FailedDiscoveryCheck"));
    }

    [Test]
    public async Task ApiServices_OfTheClusterItself_ComeAndGoWithDefinitions()
    {
        await using var cluster = await DevCluster.StartAsync(new DevClusterOptions(), CancellationToken.None);
        var client = cluster.CreateClient();
        await ExistsAsync(client, ApiServices, NamespacedName.Cluster("v1.apps"), true);

        await client.CreateAsync(Definitions, Definition(), cancellationToken: CancellationToken.None);
        await ExistsAsync(client, ApiServices, NamespacedName.Cluster("v1.wardle.example.dev"), true);
        Assert.That(await AvailableAsync(client, "True"), Is.EqualTo("Local"));

        await client.DeleteAsync(Definitions, NamespacedName.Cluster("flunders.wardle.example.dev"), cancellationToken: CancellationToken.None);
        await ExistsAsync(client, ApiServices, NamespacedName.Cluster("v1.wardle.example.dev"), false);
    }

    [Test]
    public async Task NamespaceDeletion_ServerOfAnApiServiceIsAway_WaitsAndSaysSo()
    {
        await using var cluster = await DevCluster.StartAsync(new DevClusterOptions(), CancellationToken.None);
        var client = cluster.CreateClient();
        var name = NamespacedName.Cluster("doomed");
        await client.CreateAsync(ApiServices, ApiService(string.Empty), cancellationToken: CancellationToken.None);
        Assert.That(await AvailableAsync(client, "False"), Is.EqualTo("ServiceNotFound"));

        await client.CreateAsync(Namespaces, Kube.Object("{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'doomed'}}"), cancellationToken: CancellationToken.None);
        await client.DeleteAsync(Namespaces, name, cancellationToken: CancellationToken.None);
        string last = string.Empty;
        await Eventually.True(
            async () => (last = (await client.GetAsync(Namespaces, name, cancellationToken: CancellationToken.None)).GetNode("status")?.ToJsonString() ?? string.Empty).Contains("wardle.example.dev/v1: ", StringComparison.Ordinal),
            "the condition NamespaceDeletionDiscoveryFailure",
            Patience,
            () => last);

        await client.DeleteAsync(ApiServices, NamespacedName.Cluster("v1.wardle.example.dev"), cancellationToken: CancellationToken.None);
        await ExistsAsync(client, Namespaces, name, false);
    }

    private static Task ExistsAsync(IDynamicClient client, GroupVersionResource resource, NamespacedName name, bool exists) => Eventually.True(
        async () => await client.FindAsync(resource, name, cancellationToken: CancellationToken.None) is null != exists,
        $"{resource.Resource} {name} to be {(exists ? "there" : "gone")}",
        Patience);

    private static KubeObject Definition() => Kube.Object("""
        {'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':'flunders.wardle.example.dev'},
         'spec':{'group':'wardle.example.dev','scope':'Namespaced','names':{'kind':'Flunder','plural':'flunders'},
         'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}]}}
        """);

    private static KubeObject ApiService(string authority) => KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "apiregistration.k8s.io/v1",
        ["kind"] = "APIService",
        ["metadata"] = new JsonObject { ["name"] = "v1.wardle.example.dev" },
        ["spec"] = new JsonObject
        {
            ["group"] = "wardle.example.dev",
            ["version"] = "v1",
            ["groupPriorityMinimum"] = 1000,
            ["versionPriority"] = 15,
            ["caBundle"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(authority)),
            ["service"] = new JsonObject { ["namespace"] = "default", ["name"] = "wardle" },
        },
    });

    private static async Task<string?> AvailableAsync(IDynamicClient client, string wanted)
    {
        JsonObject? condition = null;
        await Eventually.True(
            async () =>
            {
                var item = await client.GetAsync(ApiServices, NamespacedName.Cluster("v1.wardle.example.dev"), cancellationToken: CancellationToken.None);
                condition = (item.GetNode("status", "conditions") as JsonArray)?.OfType<JsonObject>().FirstOrDefault();
                return (string?)condition?["status"] == wanted;
            },
            "the condition Available",
            Patience,
            () => condition?.ToJsonString() ?? "none");
        return (string?)condition?["reason"];
    }
}
