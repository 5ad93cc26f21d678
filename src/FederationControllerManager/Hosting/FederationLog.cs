using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Hosting;

internal static partial class FederationLog
{
    [LoggerMessage(1600, LogLevel.Information, "The federation is running with {Count} registered clusters")]
    public static partial void Running(ILogger logger, int count);

    [LoggerMessage(1601, LogLevel.Warning, "Some clusters have not been probed yet; their objects wait")]
    public static partial void FirstRoundIncomplete(ILogger logger);
}
