using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Authentication;

internal static partial class AuthenticationLog
{
    [LoggerMessage(1100, LogLevel.Warning, "The token file {File} cannot be read, the last token is used on: {Reason}")]
    public static partial void TokenFileUnreadable(ILogger logger, string file, string reason);

    [LoggerMessage(1101, LogLevel.Warning, "The client certificate {File} cannot be read anew, the last one is used on: {Reason}")]
    public static partial void CertificateUnreadable(ILogger logger, string file, string reason);

    [LoggerMessage(1102, LogLevel.Information, "The client certificate {File} changed; new connections use it")]
    public static partial void CertificateChanged(ILogger logger, string file);

    [LoggerMessage(1103, LogLevel.Debug, "The credential plugin {Command} gave credentials that expire at {Expiration}")]
    public static partial void PluginAnswered(ILogger logger, string command, DateTimeOffset? expiration);

    [LoggerMessage(1104, LogLevel.Warning, "Credentials are not sent to {Server}: the connection has no TLS")]
    public static partial void NoCredentialsWithoutTls(ILogger logger, string server);

    [LoggerMessage(1105, LogLevel.Warning, "The server refused the credentials, and new ones cannot be had: {Reason}")]
    public static partial void PluginFailedAfterRefusal(ILogger logger, string reason);
}
