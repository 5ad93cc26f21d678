using KubeFed.ApiMachinery.Identity;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Versions;

internal static partial class VersionLog
{
    [LoggerMessage(1200, LogLevel.Information, "Read {Count} recorded versions of propagated objects from the host")]
    public static partial void Loaded(ILogger logger, int count);

    [LoggerMessage(1201, LogLevel.Warning, "The recorded versions {Name} cannot be read and are made anew: {Reason}")]
    public static partial void Unreadable(ILogger logger, NamespacedName name, string reason);

    [LoggerMessage(1203, LogLevel.Warning, "The recorded versions {Resource} cannot be read from the host and are tried again in {Delay}: {Reason}")]
    public static partial void NotLoaded(ILogger logger, GroupResource resource, TimeSpan delay, string reason);

    [LoggerMessage(1204, LogLevel.Warning, "Not all versions could be recorded before the stop; their objects are applied once more: {Reason}")]
    public static partial void NotFlushed(ILogger logger, string reason);

    [LoggerMessage(1202, LogLevel.Warning, "The versions {Name} could not be recorded on the host: {Reason}")]
    public static partial void NotWritten(ILogger logger, VersionKey name, string reason);
}
