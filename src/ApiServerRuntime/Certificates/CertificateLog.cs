using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Certificates;

internal static partial class CertificateLog
{
    [LoggerMessage(5100, LogLevel.Information, "The serving certificate was replaced by {Subject}, valid until {NotAfter:u}", EventName = "CertificateReplaced")]
    public static partial void Replaced(ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(5101, LogLevel.Error, "The new serving certificate cannot be used, the present one is served on: {Reason}", EventName = "CertificateUnusable")]
    public static partial void Unusable(ILogger logger, string reason);

    [LoggerMessage(5102, LogLevel.Information, "The certificates that clients are verified with changed: {Count} authorities", EventName = "AuthoritiesReplaced")]
    public static partial void AuthoritiesReplaced(ILogger logger, int count);

    [LoggerMessage(5103, LogLevel.Error, "The new certificates to verify clients with cannot be used, the present ones count on: {Reason}", EventName = "AuthoritiesUnusable")]
    public static partial void AuthoritiesUnusable(ILogger logger, string reason);
}
