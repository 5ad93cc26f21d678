using KubeFed.ApiMachinery.Yaml;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Clusters;

/// <summary>The host and its members.</summary>
internal sealed class PlaygroundClusters : IAsyncDisposable
{
    private PlaygroundClusters(IPlaygroundCluster host, IReadOnlyList<IPlaygroundCluster> members)
    {
        Host = host;
        Members = members;
    }

    public IPlaygroundCluster Host { get; }

    public IReadOnlyList<IPlaygroundCluster> Members { get; }

    /// <summary>Starts them all at once. When one cannot start, the others are not waited for, and none is left.</summary>
    /// <exception cref="PlaygroundException">One cannot start.</exception>
    public static async Task<PlaygroundClusters> StartAsync(int members, IClusterProvider provider, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        ClusterPlan[] plans = [Playground.Members.HostPlan, .. Enumerable.Range(1, members).Select(Playground.Members.PlanOf)];
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starting = plans.Select(plan => Task.Run(() => provider.StartAsync(plan, logging, failed.Token), CancellationToken.None)).ToList();
        try
        {
            await foreach (var started in Task.WhenEach(starting).WithCancellation(CancellationToken.None))
            {
                await started;
            }

            var clusters = await Task.WhenAll(starting);
            return new PlaygroundClusters(clusters[0], clusters[1..]);
        }
        catch
        {
            await failed.CancelAsync();
            await ((Task)Task.WhenAll(starting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var cluster in starting.Where(static task => task.IsCompletedSuccessfully))
            {
                await (await cluster).DisposeAsync();
            }

            throw;
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
