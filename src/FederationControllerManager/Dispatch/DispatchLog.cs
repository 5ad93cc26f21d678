using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Dispatch;

internal static partial class DispatchLog
{
    [LoggerMessage(1100, LogLevel.Debug, "{Action} of {Object} in cluster {Cluster}: {Result} {Message}")]
    public static partial void Finished(
        ILogger logger, DispatchAction action, DispatchKey @object, string cluster, DispatchResult result, string message);

    [LoggerMessage(1102, LogLevel.Warning, "Cluster {Cluster} has stopped answering requests, so it is given one at a time: {Reason}")]
    public static partial void CircuitOpened(ILogger logger, string cluster, string reason);

    [LoggerMessage(1101, LogLevel.Error, "{Action} of {Object} in cluster {Cluster} failed inside the control plane")]
    public static partial void Faulted(ILogger logger, Exception error, DispatchAction action, DispatchKey @object, string cluster);
}
