using Microsoft.Extensions.Logging;

namespace KubeFed.ControllerRuntime.LeaderElection;

internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Information, "Trying to take the lease {Lease} as {Identity}", EventName = "LeaseWanted")]
    public static partial void LeaseWanted(ILogger logger, string lease, string identity);

    [LoggerMessage(21, LogLevel.Information, "Leading: {Identity} holds the lease {Lease}", EventName = "LeadingStarted")]
    public static partial void LeadingStarted(ILogger logger, string identity, string lease);

    [LoggerMessage(22, LogLevel.Error, "The lease {Lease} is lost: stopping the work", EventName = "LeaseLost")]
    public static partial void LeaseLost(ILogger logger, string lease);

    [LoggerMessage(23, LogLevel.Information, "The lease {Lease} is released", EventName = "LeaseReleased")]
    public static partial void LeaseReleased(ILogger logger, string lease);

    [LoggerMessage(24, LogLevel.Warning, "The lease {Lease} could not be read or written; trying again", EventName = "LeaseTryFailed")]
    public static partial void LeaseTryFailed(ILogger logger, Exception error, string lease);

    [LoggerMessage(25, LogLevel.Warning, "The lease {Lease} could not be released; it expires by itself", EventName = "LeaseReleaseFailed")]
    public static partial void LeaseReleaseFailed(ILogger logger, Exception error, string lease);

    [LoggerMessage(26, LogLevel.Information, "The lease {Lease} is held by {Holder}", EventName = "LeaseHolderChanged")]
    public static partial void HolderChanged(ILogger logger, string lease, string holder);

    [LoggerMessage(27, LogLevel.Warning, "The work failed while it was being stopped for the lost lease {Lease}", EventName = "LeaderWorkFailed")]
    public static partial void WorkFailed(ILogger logger, Exception error, string lease);
}
