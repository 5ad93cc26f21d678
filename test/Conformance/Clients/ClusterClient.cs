using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance.Clients;

/// <summary>A dynamic client of a test cluster's administrator, over the real transport.</summary>
internal sealed class ClusterClient(TestCluster cluster) : IAsyncDisposable
{
    private readonly KubeTransport _transport = KubeTransport.Create(
        KubeConfigLoader.Load(new KubeConfigOptions { Path = cluster.KubeconfigPath }));

    public IDynamicClient Connect() => new DynamicClient(_transport);

    public ValueTask DisposeAsync() => _transport.DisposeAsync();
}
