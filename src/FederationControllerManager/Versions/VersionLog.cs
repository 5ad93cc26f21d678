using KubeFed.ApiMachinery.Identity;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Versions;

internal static partial class VersionLog
{
    [LoggerMessage(1200, LogLevel.Information, "Read {Count} recorded versions of propagated objects from the host")]
    public static partial void Loaded(ILogger logger, int count);

    [LoggerMessage(1201, LogLevel.Warning, "The recorded versions {Name} cannot be read and are made anew: {Reason}")]
    public static partial void Unreadable(ILogger logger, NamespacedName name, string reason);

    [LoggerMessage(1202, LogLevel.Warning, "The versions {Name} could not be recorded on the host: {Reason}")]
    public static partial void NotWritten(ILogger logger, VersionKey name, string reason);
}
