using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Types;

internal static partial class FederatedTypesLog
{
    [LoggerMessage(6100, LogLevel.Warning, "{Kind} of the FederatedTypeConfig {Config} cannot be served: {Reason}", EventName = "TypeCannotBeServed")]
    public static partial void CannotServe(ILogger logger, string kind, string config, string reason);
}
