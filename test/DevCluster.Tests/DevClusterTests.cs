using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Logging;
using KubeFed.TestSupport.Waiting;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class DevClusterTests
{
    private static readonly GroupVersionResource Namespaces = new(string.Empty, "v1", "namespaces");

    [Test]
    public async Task StartAsync_InMemory_ServesItsNamespaces()
    {
        await using var cluster = await DevCluster.StartAsync(new DevClusterOptions(), CancellationToken.None);

        var list = await cluster.CreateClient().ListAsync(Namespaces, null, cancellationToken: CancellationToken.None);

        Assert.That(list.Items.Select(static item => item.Metadata.Name), Is.SupersetOf(new[] { "default", "kube-system" }));
    }

    [Test]
    public async Task DisposeAsync_ControllersAtWork_EndsThemBeforeTheirApi()
    {
        var log = new RecordingLogger(LogLevel.Warning);
        var cluster = await DevCluster.StartAsync(new DevClusterOptions { Logging = log }, CancellationToken.None);
        var client = cluster.CreateClient();
        var nodes = new GroupVersionResource(string.Empty, "v1", "nodes");
        await Eventually.True(
            async () => (await client.ListAsync(nodes, null)).Items.Any(static node => node.GetNode("status", "conditions") is not null),
            "the node has a status",
            TimeSpan.FromSeconds(60));
        log.Take();

        await cluster.DisposeAsync();

        Assert.That(log.Entries, Is.Empty);
    }

    [Test]
    public async Task Metrics_TwoClusters_EachCountsItsOwnRequests()
    {
        await using var one = await DevCluster.StartAsync(new DevClusterOptions(), CancellationToken.None);
        await using var other = await DevCluster.StartAsync(new DevClusterOptions(), CancellationToken.None);

        await one.CreateClient().FindAsync(Namespaces, NamespacedName.Cluster("nowhere"), cancellationToken: CancellationToken.None);

        const string Missed = "code=\"404\"";
        await Eventually.True(async () => (await CountedAsync(one)).Contains(Missed, StringComparison.Ordinal), "the request to be counted");
        Assert.That(await CountedAsync(other), Does.Contain("code=\"201\"").And.Not.Contain(Missed));

        static async Task<string> CountedAsync(DevCluster cluster) => string.Join(
            '\n',
            (await cluster.CreateClient().GetPathAsync("/metrics", CancellationToken.None)).Body.Split('\n')
                .Where(static line => line.StartsWith("apiserver_request_total{", StringComparison.Ordinal) && line.Contains("resource=\"namespaces\"", StringComparison.Ordinal)));
    }

    [Test]
    public async Task StartAsync_FolderInUse_SaysSo()
    {
        using var folder = new TempFolder();
        var options = new DevClusterOptions { DataDirectory = folder.Path };
        await using var first = await DevCluster.StartAsync(options, CancellationToken.None);

        var error = await Assert.ThrowsAsync<DevClusterException>(() => DevCluster.StartAsync(options, CancellationToken.None));

        Assert.That(error!.Message, Is.EqualTo($"the data folder {folder.Path} is in use by another cluster"));
    }

    [Test]
    public async Task StartAsync_PortTaken_SaysSo()
    {
        await using var first = await DevCluster.StartAsync(new DevClusterOptions(), CancellationToken.None);

        var error = await Assert.ThrowsAsync<DevClusterException>(
            () => DevCluster.StartAsync(new DevClusterOptions { Port = first.Address.Port }, CancellationToken.None));

        Assert.That(error!.Message, Does.StartWith($"port {first.Address.Port} of 127.0.0.1 cannot be used"));
    }
}
