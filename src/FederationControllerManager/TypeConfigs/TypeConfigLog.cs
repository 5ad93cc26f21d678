using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.TypeConfigs;

internal static partial class TypeConfigLog
{
    [LoggerMessage(1400, LogLevel.Information, "Type {Name} is enabled")]
    public static partial void Started(ILogger logger, string name);

    [LoggerMessage(1401, LogLevel.Information, "Type {Name} is no longer enabled")]
    public static partial void Stopped(ILogger logger, string name);

    [LoggerMessage(1402, LogLevel.Error, "The FederatedTypeConfig {Name} cannot be read and is left alone: {Reason}")]
    public static partial void Unreadable(ILogger logger, string name, string reason);

    [LoggerMessage(1404, LogLevel.Information, "Type {Name} is not propagated: {Count} objects lost the finalizer")]
    public static partial void Released(ILogger logger, string name, int count);

    [LoggerMessage(1403, LogLevel.Error, "The controller of type {Name} has failed; change its FederatedTypeConfig to start it anew")]
    public static partial void ControllerFailed(ILogger logger, Exception error, string name);
}
