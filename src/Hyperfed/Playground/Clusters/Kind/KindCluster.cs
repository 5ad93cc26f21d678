using KubeFed.Hyperfed.Playground.Processes;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Clusters.Kind;

/// <summary>A cluster of one container, which is stopped and started as a whole.</summary>
internal sealed class KindCluster(string name, KindContainer container, GuardedFolder folder, string kubeconfig, TimeProvider time, ILoggerFactory logging)
    : RemoteCluster(name, kubeconfig, time, logging)
{
    public override Task StopAsync(CancellationToken cancellationToken) => container.StopAsync(cancellationToken);

    public override async Task HealAsync(CancellationToken cancellationToken)
    {
        await container.StartAsync(cancellationToken);
        await Readiness.WaitAsync(CreateClient(), "/readyz", static () => { }, Time, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        try
        {
            await container.DeleteAsync();
        }
        finally
        {
            await folder.DisposeAsync();
        }
    }
}
