using KubeFed.ApiMachinery.Identity;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Informers;

/// <summary>Log messages of informers: events 2120 to 2139.</summary>
internal static partial class InformerLog
{
    [LoggerMessage(2120, LogLevel.Warning, "Listing or watching {Resource} failed: {Reason}; next try in {Wait}")]
    public static partial void Failed(ILogger logger, GroupVersionResource resource, string reason, TimeSpan wait);

    [LoggerMessage(2121, LogLevel.Debug, "Listed {Resource} at version {Version}: {Count} objects")]
    public static partial void Listed(ILogger logger, GroupVersionResource resource, string version, int count);

    [LoggerMessage(2122, LogLevel.Debug, "The watch of {Resource} ended; watching again from version {Version}")]
    public static partial void WatchEnded(ILogger logger, GroupVersionResource resource, string version);

    [LoggerMessage(2123, LogLevel.Information, "Version {Version} of {Resource} is no longer kept; listing anew")]
    public static partial void Expired(ILogger logger, GroupVersionResource resource, string version);

    [LoggerMessage(2124, LogLevel.Error, "A handler of {Resource} threw at {Key}")]
    public static partial void HandlerThrew(ILogger logger, GroupVersionResource resource, NamespacedName key, Exception exception);

    [LoggerMessage(2125, LogLevel.Error, "The transform of {Resource} threw at {Key}; the object is kept as it came")]
    public static partial void TransformThrew(ILogger logger, GroupVersionResource resource, NamespacedName key, Exception exception);

    [LoggerMessage(2126, LogLevel.Error, "Index {Index} of {Resource} threw at {Key}; the object is not in it")]
    public static partial void IndexThrew(ILogger logger, GroupVersionResource resource, string index, NamespacedName key, Exception exception);
}
