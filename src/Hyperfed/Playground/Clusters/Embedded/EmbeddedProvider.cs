using KubeFed.DevClusters;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Clusters.Embedded;

/// <summary>Clusters in this process: nothing needs to be installed.</summary>
internal sealed class EmbeddedProvider : IClusterProvider
{
    private const long Megabyte = 1024 * 1024;

    public string Name => "embedded";

    public string? Missing => null;

    public bool SimulatesNodes => true;

    public bool ReachesThisProcess => true;

    public long MemoryPerCluster => 40 * Megabyte;

    public async Task<IPlaygroundCluster> StartAsync(ClusterPlan plan, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        try
        {
            var options = new DevClusterOptions { Name = plan.Name, Nodes = plan.Nodes, Logging = logging };
            return new EmbeddedCluster(await DevCluster.StartAsync(options, cancellationToken));
        }
        catch (DevClusterException e)
        {
            throw new PlaygroundException($"{plan.Name} cannot start: {e.Message}", e);
        }
    }
}
