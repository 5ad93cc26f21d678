using KubeFed.ApiServerRuntime.Storage;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>What the caches of one set share.</summary>
internal sealed class CacheContext(
    IStorage storage,
    ResourceCacheOptions options,
    ResourceCacheMetrics metrics,
    TimeProvider time,
    ILogger logger,
    CancellationToken stopping)
{
    private readonly long _started = time.GetTimestamp();

    public IStorage Storage => storage;

    public ResourceCacheOptions Options => options;

    public ResourceCacheMetrics Metrics => metrics;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public CancellationToken Stopping => stopping;

    /// <summary>The revision up to which every write has been applied to every cache that is ready.</summary>
    public RevisionProgress Progress { get; } = new(time);

    public RevisionReader Revisions { get; } = new(storage, stopping);

    public WatchCount Watches { get; } = new();

    /// <summary>The time since the set was made.</summary>
    public TimeSpan Now => time.GetElapsedTime(_started);
}
