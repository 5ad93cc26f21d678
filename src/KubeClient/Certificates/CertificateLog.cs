using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Certificates;

internal static partial class CertificateLog
{
    [LoggerMessage(5100, LogLevel.Information, "The serving certificate was replaced by {Subject}, valid until {NotAfter:u}", EventName = "CertificateReplaced")]
    public static partial void Replaced(ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(5101, LogLevel.Error, "The new serving certificate cannot be used, the present one is served on: {Reason}", EventName = "CertificateUnusable")]
    public static partial void Unusable(ILogger logger, string reason);
}
