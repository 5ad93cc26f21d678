using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// The objects of one type in memory, kept true by a watch of the storage. Serves all reads but those of history that is no longer kept.
/// </summary>
public interface IResourceCache
{
    /// <summary>Whether the cache has read the storage and follows it: until then reads wait, and watches answer 429.</summary>
    bool IsReady { get; }

    /// <summary>The newest state there is, without waiting for anything but the first load: what a read of version 0 sees.</summary>
    ValueTask<ResourceSnapshot> AnyAsync(CancellationToken cancellationToken);

    /// <summary>A state that holds every write acknowledged before the call, by this server or another replica.</summary>
    /// <exception cref="StatusException">503 or 504: the storage cannot say, or the cache does not get there in three seconds.</exception>
    ValueTask<ResourceSnapshot> NewestAsync(CancellationToken cancellationToken);

    /// <summary>A state that is not older than a revision.</summary>
    /// <exception cref="StatusException">504 "Too large resource version": it is not reached within three seconds.</exception>
    ValueTask<ResourceSnapshot> NotOlderThanAsync(long revision, CancellationToken cancellationToken);

    /// <summary>The state at exactly a revision, or null when the cache no longer has it (the storage may).</summary>
    ValueTask<ResourceSnapshot?> ExactAsync(long revision, CancellationToken cancellationToken);

    /// <summary>Begins a watch.</summary>
    /// <exception cref="StatusException">410 when history is gone, 429 when the cache is not ready, 504 for a revision not reached.</exception>
    ValueTask<IResourceWatch> WatchAsync(CacheWatchOptions options, CancellationToken cancellationToken);
}
