using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

internal static partial class CapacityLog
{
    [LoggerMessage(1850, LogLevel.Warning, "The capacity of cluster {Cluster} cannot be collected: {Reason}")]
    public static partial void NotCollected(ILogger logger, string cluster, string reason);

    [LoggerMessage(1851, LogLevel.Debug, "The capacity of cluster {Cluster} was collected from {Nodes} nodes")]
    public static partial void Collected(ILogger logger, string cluster, int nodes);
}
