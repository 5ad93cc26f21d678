using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Tests.Controllers;

/// <summary>A cluster in this process and a kubectl for it.</summary>
internal sealed class KubectlCluster : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly TempFolder _folder;

    private KubectlCluster(TempFolder folder, DevCluster cluster)
    {
        _folder = folder;
        Cluster = cluster;
    }

    public DevCluster Cluster { get; }

    public static async Task<KubectlCluster> StartAsync(params DevNode[] nodes)
    {
        TestBed.Require("kubectl");
        var folder = new TempFolder();
        var logging = LoggerFactory.Create(static builder => builder.AddConsole().SetMinimumLevel(LogLevel.Warning));
        var options = new DevClusterOptions { DataDirectory = folder.Path, Logging = logging };
        return new KubectlCluster(folder, await DevCluster.StartAsync(nodes.Length == 0 ? options : options with { Nodes = nodes }, CancellationToken.None));
    }

    /// <summary>Runs kubectl, which must succeed, and returns what it printed.</summary>
    public async Task<string> KubectlAsync(params string[] arguments) => await RunAsync(null, arguments);

    /// <summary>Runs kubectl, whatever comes of it.</summary>
    public Task<ProcessResult> TryKubectlAsync(params string[] arguments) => ProcessAsync(null, arguments);

    /// <summary>Applies a manifest.</summary>
    public async Task ApplyAsync(string yaml) => await RunAsync(yaml, "apply", "-f", "-");

    /// <summary>Waits until what a JSON path of an object gives is as expected.</summary>
    public Task EventuallyAsync(string expected, string path, params string[] target) => Eventually.Equal(
        expected, () => KubectlAsync(["get", .. target, "-o", $"jsonpath={path}"]), string.Join(' ', target), Patience);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> RunAsync(string? input, params string[] arguments) => (await ProcessAsync(input, arguments)).EnsureSuccess().Output.TrimEnd();

    private Task<ProcessResult> ProcessAsync(string? input, string[] arguments) => ProcessRunner.RunAsync(
        TestBed.Require("kubectl"),
        ["--kubeconfig", Cluster.KubeconfigPath!, "--cache-dir", Path.Combine(_folder.Path, "cache"), .. arguments],
        new ProcessOptions { Input = input, Timeout = Patience });
}
