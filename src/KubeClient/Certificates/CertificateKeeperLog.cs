using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Certificates;

internal static partial class CertificateKeeperLog
{
    [LoggerMessage(6200, LogLevel.Information, "New certificates are in the Secret {Secret}", EventName = "CertificatesWritten")]
    public static partial void Written(ILogger logger, string secret);

    [LoggerMessage(6201, LogLevel.Debug, "Another replica wrote the Secret {Secret} at the same time", EventName = "CertificatesOutrun")]
    public static partial void Outrun(ILogger logger, string secret);

    [LoggerMessage(6203, LogLevel.Warning, "The server's certificates cannot be looked after: {Reason}", EventName = "CertificatesNotKept")]
    public static partial void Failed(ILogger logger, string reason);
}
