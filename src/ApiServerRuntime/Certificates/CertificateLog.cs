using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Certificates;

internal static partial class CertificateLog
{
    [LoggerMessage(5102, LogLevel.Information, "The certificates that clients are verified with changed: {Count} authorities", EventName = "AuthoritiesReplaced")]
    public static partial void AuthoritiesReplaced(ILogger logger, int count);

    [LoggerMessage(5103, LogLevel.Error, "The new certificates to verify clients with cannot be used, the present ones count on: {Reason}", EventName = "AuthoritiesUnusable")]
    public static partial void AuthoritiesUnusable(ILogger logger, string reason);
}
