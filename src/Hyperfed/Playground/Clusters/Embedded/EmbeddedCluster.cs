using KubeFed.DevClusters;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Hyperfed.Playground.Clusters.Embedded;

/// <summary>A cluster in this process.</summary>
internal sealed class EmbeddedCluster(DevCluster cluster) : IPlaygroundCluster
{
    public string Name => cluster.Name;

    public string Kubeconfig => cluster.Kubeconfig;

    public IDynamicClient CreateClient() => cluster.CreateClient();

    public Task StopAsync(CancellationToken cancellationToken) => cluster.Faults.StopAsync(cancellationToken);

    public Task HealAsync(CancellationToken cancellationToken) => cluster.Faults.HealAsync(cancellationToken);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
