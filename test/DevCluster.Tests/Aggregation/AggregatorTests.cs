using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.DevClusters.Tests.Aggregation;

[Parallelizable(ParallelScope.All)]
internal sealed class AggregatorTests
{
    private static readonly GroupVersionResource ApiServices = new("apiregistration.k8s.io", "v1", "apiservices");
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
        Assert.That(flunder.Metadata.Annotations["groups"], Does.Contain("system:masters"));
        Assert.That(flunder.Metadata.Annotations["proxy"], Is.EqualTo("CN=front-proxy-client"));
        Assert.That((await client.GetPathAsync("/apis", CancellationToken.None)).Body, Does.Contain("wardle.example.dev"));
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
            TimeSpan.FromSeconds(60),
            () => condition?.ToJsonString() ?? "none");
        return (string?)condition?["reason"];
    }
}
