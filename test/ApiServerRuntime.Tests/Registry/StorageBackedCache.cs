using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

/// <summary>A cache without memory: reads the storage each time. Remembers what watches were asked for.</summary>
internal sealed class StorageBackedCache(IStorage storage, ResourceType type) : IResourceCache
{
    public List<CacheWatchOptions> Watches { get; } = [];

    /// <summary>What <see cref="AnyAsync"/> answers instead of the present state: an old cache.</summary>
    public ResourceSnapshot? Stale { get; set; }

    /// <summary>What a watch that begins throws.</summary>
    public StatusException? WatchFailure { get; set; }

    public bool IsReady => true;

    public async ValueTask<ResourceSnapshot> AnyAsync(CancellationToken cancellationToken) =>
        Stale ?? await NewestAsync(cancellationToken);

    public async ValueTask<ResourceSnapshot> NewestAsync(CancellationToken cancellationToken) =>
        new StorageSnapshot(await storage.ListAsync(type.KeyPrefix, StorageListOptions.All, cancellationToken), type);

    public async ValueTask<ResourceSnapshot> NotOlderThanAsync(long revision, CancellationToken cancellationToken)
    {
        var snapshot = await NewestAsync(cancellationToken);
        return snapshot.Revision >= revision ? snapshot : throw new RevisionTooLargeException(revision, snapshot.Revision);
    }

    public ValueTask<ResourceSnapshot?> ExactAsync(long revision, CancellationToken cancellationToken) => ValueTask.FromResult<ResourceSnapshot?>(null);

    public ValueTask<IResourceWatch> WatchAsync(CacheWatchOptions options, CancellationToken cancellationToken)
    {
        if (WatchFailure is not null)
        {
            throw WatchFailure;
        }

        Watches.Add(options);
        return ValueTask.FromResult<IResourceWatch>(new EmptyWatch());
    }

    private sealed class EmptyWatch : IResourceWatch
    {
        public ValueTask<IReadOnlyList<ResourceEvent>> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<ResourceEvent>>([]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
