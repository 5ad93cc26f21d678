using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Certificates;

internal static partial class HostCertificateLog
{
    [LoggerMessage(6202, LogLevel.Information, "The authorities are published in the APIService {Name}", EventName = "AuthoritiesPublished")]
    public static partial void Published(ILogger logger, string name);
}
