using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Clusters;

/// <summary>A cluster outside of this process, as far as all such are alike: how it is reached.</summary>
internal abstract class RemoteCluster : IPlaygroundCluster
{
    private readonly KubeTransport _transport;

    protected RemoteCluster(string name, string kubeconfig, TimeProvider time, ILoggerFactory logging)
    {
        Name = name;
        Kubeconfig = kubeconfig;
        Time = time;
        Logging = logging;
        _transport = KubeTransport.Create(KubeConfigLoader.Resolve(KubeConfigLoader.Parse(kubeconfig, name)), time, logging);
    }

    public string Name { get; }

    public string Kubeconfig { get; }

    protected TimeProvider Time { get; }

    protected ILoggerFactory Logging { get; }

    public IDynamicClient CreateClient() => new DynamicClient(_transport, time: Time, logger: Logging.CreateLogger<DynamicClient>());

    public abstract Task StopAsync(CancellationToken cancellationToken);

    public abstract Task HealAsync(CancellationToken cancellationToken);

    public virtual ValueTask DisposeAsync() => _transport.DisposeAsync();
}
