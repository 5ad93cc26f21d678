using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Bootstrap;

internal static partial class BootstrapLog
{
    [LoggerMessage(1050, LogLevel.Warning, "The control plane's first objects cannot be written yet: {Reason}", EventName = "BootstrapWaiting")]
    public static partial void Waiting(ILogger logger, string reason);

    [LoggerMessage(1051, LogLevel.Information, "The KubeFedConfig {Config} is as the installation wants it", EventName = "Bootstrapped")]
    public static partial void Done(ILogger logger, string config);

    [LoggerMessage(1052, LogLevel.Debug, "The FederatedTypeConfig {Config} exists already", EventName = "BootstrapTypeExists")]
    public static partial void Exists(ILogger logger, string config);
}
