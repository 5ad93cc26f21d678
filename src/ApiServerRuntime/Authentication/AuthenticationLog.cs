using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Authentication;

internal static partial class AuthenticationLog
{
    [LoggerMessage(5120, LogLevel.Warning, "Refused a request from {Client}: {Reason}", EventName = "AuthenticationRefused")]
    public static partial void Refused(ILogger logger, string client, string reason);

    [LoggerMessage(5121, LogLevel.Warning, "Cannot ask the host who a token belongs to, trying again: {Reason}", EventName = "TokenReviewFailed")]
    public static partial void ReviewFailed(ILogger logger, string reason);

    [LoggerMessage(5122, LogLevel.Error, "The host's ConfigMap {ConfigMap} cannot be used, the last good one counts on: {Reason}", EventName = "AuthenticationConfigUnusable")]
    public static partial void ConfigUnusable(ILogger logger, string configMap, string reason);
}
