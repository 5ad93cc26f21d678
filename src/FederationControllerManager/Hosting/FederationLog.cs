using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Hosting;

internal static partial class FederationLog
{
    [LoggerMessage(1600, LogLevel.Information, "The federation is running with {Count} registered clusters")]
    public static partial void Running(ILogger logger, int count);

    [LoggerMessage(1602, LogLevel.Information, "The KubeFedConfig has changed and is followed")]
    public static partial void ConfigChanged(ILogger logger);

    [LoggerMessage(1603, LogLevel.Warning, "The KubeFedConfig has changed and cannot be used; what was configured before stays in force: {Reason}")]
    public static partial void ConfigUnusable(ILogger logger, string reason);

    [LoggerMessage(1601, LogLevel.Warning, "Some clusters have not been probed yet; their objects wait")]
    public static partial void FirstRoundIncomplete(ILogger logger);
}
