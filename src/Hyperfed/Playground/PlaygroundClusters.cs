using KubeFed.ApiMachinery.Yaml;
using KubeFed.DevClusters;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground;

/// <summary>The host and its members, all in this process.</summary>
internal sealed class PlaygroundClusters : IAsyncDisposable
{
    private PlaygroundClusters(DevCluster host, IReadOnlyList<DevCluster> members)
    {
        Host = host;
        Members = members;
    }

    public DevCluster Host { get; }

    public IReadOnlyList<DevCluster> Members { get; }

    /// <summary>Starts them all at once.</summary>
    /// <exception cref="PlaygroundException">One cannot start.</exception>
    public static async Task<PlaygroundClusters> StartAsync(int members, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        DevClusterOptions[] wanted = [Playground.Members.HostOptions, .. Enumerable.Range(1, members).Select(Playground.Members.OptionsOf)];
        var starting = wanted.Select(options => DevCluster.StartAsync(options with { Logging = logging }, cancellationToken)).ToList();
        try
        {
            var started = await Task.WhenAll(starting);
            return new PlaygroundClusters(started[0], started[1..]);
        }
        catch (Exception e)
        {
            foreach (var cluster in starting.Where(static task => task.IsCompletedSuccessfully))
            {
                await (await cluster).DisposeAsync();
            }

            throw e is DevClusterException ? new PlaygroundException($"A cluster cannot start: {e.Message}", e) : e;
        }
    }

    /// <summary>One kubeconfig with a context for each cluster, the host's being the current one.</summary>
    public string Kubeconfig()
    {
        var merged = KubeYaml.ToJson(Host.Kubeconfig)!.AsObject();
        foreach (var member in Members.Select(static member => KubeYaml.ToJson(member.Kubeconfig)!))
        {
            foreach (string list in (string[])["clusters", "users", "contexts"])
            {
                merged[list]!.AsArray().Add(member[list]![0]!.DeepClone());
            }
        }

        return KubeYaml.Write(merged);
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Members.Append(Host).Select(static cluster => cluster.DisposeAsync().AsTask()));
}
