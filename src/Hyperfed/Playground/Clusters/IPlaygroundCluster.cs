using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Hyperfed.Playground.Clusters;

/// <summary>A cluster that runs. Its end leaves nothing of it.</summary>
internal interface IPlaygroundCluster : IAsyncDisposable
{
    string Name { get; }

    /// <summary>A kubeconfig with all rights: one cluster, one user and one context, all called <see cref="Name"/>.</summary>
    string Kubeconfig { get; }

    /// <summary>A client with all rights. It lives as long as the cluster and needs no disposal.</summary>
    IDynamicClient CreateClient();

    /// <summary>Stops its API server: connections break, and new ones are refused. Its objects stay.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Starts its API server again; done when that answers.</summary>
    Task HealAsync(CancellationToken cancellationToken);
}
