using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Types;

internal static partial class FederatedTypesLog
{
    [LoggerMessage(6100, LogLevel.Warning, "{Kind} of the FederatedTypeConfig {Config} cannot be served: {Reason}", EventName = "TypeCannotBeServed")]
    public static partial void CannotServe(ILogger logger, string kind, string config, string reason);

    [LoggerMessage(6101, LogLevel.Information, "Short names and replicas of {Resource} are not known, the host does not say: {Reason}", EventName = "TypeCannotBeDescribed")]
    public static partial void CannotDescribe(ILogger logger, string resource, string reason);
}
