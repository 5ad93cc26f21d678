using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>Log messages of the dynamic client: events 2100 to 2119.</summary>
internal static partial class DynamicLog
{
    [LoggerMessage(2100, LogLevel.Debug, "{Request} was answered {Code}; trying again after {Wait} (attempt {Attempt})")]
    public static partial void RetryAfter(ILogger logger, string request, int code, TimeSpan wait, int attempt);

    [LoggerMessage(2101, LogLevel.Debug, "The connection broke under {Request}: {Reason}; trying again (attempt {Attempt})")]
    public static partial void ConnectionBroke(ILogger logger, string request, string reason, int attempt);
}
