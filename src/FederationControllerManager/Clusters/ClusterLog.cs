using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Clusters;

internal static partial class ClusterLog
{
    [LoggerMessage(1500, LogLevel.Information, "Cluster {Cluster} is served at {Endpoint}")]
    public static partial void Connected(ILogger logger, string cluster, string endpoint);

    [LoggerMessage(1501, LogLevel.Information, "Cluster {Cluster} is ready")]
    public static partial void Ready(ILogger logger, string cluster);

    [LoggerMessage(1506, LogLevel.Information, "Cluster {Cluster} is not ready: {Reason}")]
    public static partial void NotReady(ILogger logger, string cluster, string reason);

    [LoggerMessage(1502, LogLevel.Information, "Cluster {Cluster} is no longer registered")]
    public static partial void Removed(ILogger logger, string cluster);

    [LoggerMessage(1503, LogLevel.Information, "The token of cluster {Cluster} was renewed")]
    public static partial void TokenRenewed(ILogger logger, string cluster);

    [LoggerMessage(1505, LogLevel.Debug, "The new connection to cluster {Cluster} is dropped: stopping (it was to replace another: {Replaces})")]
    public static partial void ConnectionDropped(ILogger logger, string cluster, bool replaces);

    [LoggerMessage(1507, LogLevel.Information, "The requests to cluster {Cluster} carry another token from now on")]
    public static partial void TokenReplaced(ILogger logger, string cluster);

    [LoggerMessage(1504, LogLevel.Warning, "The token of cluster {Cluster}, which ends at {ExpiresAt}, could not be renewed: {Reason}")]
    public static partial void TokenNotRenewed(ILogger logger, string cluster, DateTimeOffset expiresAt, string reason);
}
