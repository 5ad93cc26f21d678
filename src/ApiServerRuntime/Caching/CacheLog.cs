using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>Log messages of the watch cache: events 5200 to 5219.</summary>
internal static partial class CacheLog
{
    [LoggerMessage(5200, LogLevel.Debug, "Loaded {Count} objects of {Resource} at revision {Revision}")]
    public static partial void Loaded(ILogger logger, int count, string resource, long revision);

    [LoggerMessage(5201, LogLevel.Warning, "Reading {Resource} failed: {Reason}; trying again in {Wait}")]
    public static partial void LoadFailed(ILogger logger, string resource, string reason, TimeSpan wait);

    [LoggerMessage(5202, LogLevel.Warning, "The watch of the storage broke at revision {Revision}: {Reason}; trying again in {Wait}")]
    public static partial void WatchBroke(ILogger logger, long revision, string reason, TimeSpan wait);

    [LoggerMessage(5203, LogLevel.Warning, "The storage no longer has what followed revision {Revision}: all types are read anew and their watches end")]
    public static partial void Lost(ILogger logger, long revision);

    [LoggerMessage(5204, LogLevel.Error, "The value of {Key} at revision {Revision} is no object and is left out")]
    public static partial void Undecodable(ILogger logger, Exception exception, string key, long revision);

    [LoggerMessage(5205, LogLevel.Debug, "A watch of {KeyPrefix} was too slow and is ended at revision {Revision}")]
    public static partial void WatchCut(ILogger logger, string keyPrefix, long revision);

    [LoggerMessage(5206, LogLevel.Error, "The selector of a watch of {KeyPrefix} failed; the watch is ended")]
    public static partial void SelectorFailed(ILogger logger, Exception exception, string keyPrefix);

    [LoggerMessage(5207, LogLevel.Error, "Following the storage failed unexpectedly at revision {Revision}; trying again in {Wait}")]
    public static partial void FollowFailed(ILogger logger, Exception exception, long revision, TimeSpan wait);
}
