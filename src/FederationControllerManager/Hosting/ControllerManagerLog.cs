using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Hosting;

internal static partial class ControllerManagerLog
{
    [LoggerMessage(1000, LogLevel.Error, "The controller manager cannot start: {Reason}")]
    public static partial void CannotStart(ILogger logger, string reason);
}
