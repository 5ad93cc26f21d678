using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// The caches of all types of a storage, fed by one watch of it, so that "everything up to this revision has been seen" is one number for all
/// types, and a read that must see all writes waits for no more than its own. Caches come and go with the types, load on their own and join
/// the stream without a gap.
/// </summary>
/// <remarks>
/// When the storage is lost, caches keep what they have and watches stay open; following resumes where it stopped. Only if the storage has
/// forgotten what happened in between are the types read anew, and their watches ended with 410.
/// </remarks>
public sealed class ResourceCacheSet : IResourceCacheSet, IAsyncDisposable
{
    private const int SliceSize = 64;

    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CacheContext _context;
    private readonly ITypeSource _types;
    private readonly Func<ResourceType, Func<StoredValue, KubeObject>> _decoders;
    private readonly HashSet<ResourceCache> _touched = [];
    private volatile CacheRoutes _routes = new([]);
    private IDisposable? _subscription;
    private ITimer? _timer;
    private Task? _following;
    private bool _anchored;
    private bool _draining;
    private volatile bool _connected;

    /// <summary>Creates the set; nothing happens until <see cref="Start"/>.</summary>
    /// <param name="storage">Where the objects live.</param>
    /// <param name="types">The types; each that is stored here has a cache from the moment it appears.</param>
    /// <param name="decoders">
    /// Gives for a type what makes an object of a stored value: in the storage version, with the value's revision as its resource version. A
    /// value for which it throws is left out.
    /// </param>
    /// <param name="options">Limits and times.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public ResourceCacheSet(
        IStorage storage,
        ITypeSource types,
        Func<ResourceType, Func<StoredValue, KubeObject>> decoders,
        ResourceCacheOptions options,
        ResourceCacheMetrics metrics,
        TimeProvider time,
        ILogger<ResourceCacheSet> logger)
    {
        _context = new(storage, options, metrics, time, logger, _stopping.Token);
        _types = types;
        _decoders = decoders;
    }

    /// <summary>Whether the storage is being followed now. If not, what is in memory is still served.</summary>
    public bool IsConnected => _connected;

    /// <summary>Whether the storage is being followed and every type has been read.</summary>
    public bool IsReady => _connected && _routes.Caches.All(cache => cache.IsReady);

    /// <summary>The types that have not been read yet, for a readiness check to name.</summary>
    public IReadOnlyList<GroupResource> NotReady => [.. _routes.Caches.Where(cache => !cache.IsReady).Select(cache => cache.Type.GroupResource)];

    /// <summary>The revision up to which every write is seen by reads and has been given to watches.</summary>
    public long Revision => _context.Progress.Current;

    /// <summary>Begins to follow the storage and the types. Once.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_following is not null)
            {
                throw new InvalidOperationException("the caches have been started");
            }

            _following = Task.Run(() => FollowAsync(_stopping.Token), CancellationToken.None);
        }

        _subscription = _types.OnChange(_ => FollowTypes());
        FollowTypes();
        _timer = _context.Time.CreateTimer(static set => ((ResourceCacheSet)set!).Tick(), this, TickPeriod, TickPeriod);
    }

    /// <summary>The cache of a type, or of the one that it is stored as.</summary>
    /// <exception cref="StatusException">429: the type is no longer, or not yet, served as it is given.</exception>
    public IResourceCache Get(ResourceType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var stored = type.StoredAs ?? type;
        if (Find(stored) is { } cache)
        {
            return cache;
        }

        FollowTypes();
        return Find(stored) ?? throw CacheErrors.NotReady();
    }

    /// <summary>
    /// Ends all watches in order and takes no more (503); reads go on. Completes when every watch has been disposed.
    /// </summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _draining = true;
            foreach (var cache in _routes.Caches)
            {
                cache.Drain();
            }
        }

        return _context.Watches.WhenNoneAsync(cancellationToken);
    }

    /// <summary>Stops following, ends all watches and forgets all objects.</summary>
    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        await _stopping.CancelAsync();
        if (_following is not null)
        {
            await _following;
        }

        lock (_gate)
        {
            foreach (var cache in _routes.Caches)
            {
                cache.Shut();
            }

            _routes = new([]);
        }

        _stopping.Dispose();
    }

    private ResourceCache? Find(ResourceType type) =>
        _routes.Find(type.GroupResource) is { } cache && HoldsSame(cache.Type, type) ? cache : null;

    /// <summary>Whether the objects of two definitions of a type are the same, in the same form.</summary>
    private static bool HoldsSame(ResourceType a, ResourceType b) =>
        a.DefinitionUid == b.DefinitionUid && a.StorageVersion == b.StorageVersion && a.Kind == b.Kind && a.Scope == b.Scope;

    private void FollowTypes()
    {
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            var types = _types.Current;
            var kept = _routes.Caches.Where(cache => types.Find(cache.Type.GroupResource) is { IsForwarded: false } type && HoldsSame(cache.Type, type)).ToList();
            var gone = _routes.Caches.Except(kept).ToList();
            var known = kept.Select(cache => cache.Type.GroupResource).ToHashSet();
            var added = types.Types.Where(type => type is { StoredAs: null, IsForwarded: false } && !known.Contains(type.GroupResource))
                .Select(type => new ResourceCache(_context, type, _decoders(type)))
                .ToList();
            if (gone.Count + added.Count == 0)
            {
                return;
            }

            _routes = new([.. kept, .. added]);
            gone.ForEach(cache => cache.Shut());
            added.ForEach(Begin);
        }
    }

    private void Begin(ResourceCache cache)
    {
        if (_draining)
        {
            cache.Drain();
        }

        if (_anchored)
        {
            cache.Load();
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var delay = new RetryDelay(_context.Options);
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                await AnchorAsync(cancellationToken);
                await WatchAsync(delay, cancellationToken);
                wait = delay.Next();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                wait = delay.Next();
                Failed(e, wait);
            }

            _connected = false;
            await Task.Delay(wait, _context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _connected = false;
    }

    /// <summary>Finds where to begin, and lets the caches load: what they read is then not older than where the watch begins.</summary>
    private async Task AnchorAsync(CancellationToken cancellationToken)
    {
        if (_anchored)
        {
            return;
        }

        var revision = await _context.Storage.ReadRevisionAsync(cancellationToken);
        lock (_gate)
        {
            _anchored = true;
            _context.Progress.Advance(revision);
            foreach (var cache in _routes.Caches)
            {
                cache.Load();
            }
        }
    }

    private async Task WatchAsync(RetryDelay delay, CancellationToken cancellationToken)
    {
        _connected = true;
        await foreach (var batch in _context.Storage.WatchAsync("/", Revision, cancellationToken).WithCancellation(cancellationToken))
        {
            delay.Reset();
            Dispatch(batch);
        }
    }

    /// <summary>Applies a batch in slices, so that neither watches nor reads of an early revision wait for the end of a large one.</summary>
    private void Dispatch(StorageEventBatch batch)
    {
        for (var first = 0; first < batch.Events.Count; first += SliceSize)
        {
            Dispatch(batch.Events, first, Math.Min(batch.Events.Count, first + SliceSize));
        }

        _context.Progress.Advance(batch.Revision);
    }

    private void Dispatch(IReadOnlyList<StorageEvent> events, int first, int until)
    {
        lock (_gate)
        {
            for (var i = first; i < until; i++)
            {
                if (_routes.TryFind(events[i].Key, out var cache))
                {
                    cache.Apply(events[i]);
                    _touched.Add(cache);
                }
            }
        }

        _context.Progress.Advance(events[until - 1].Revision);
        foreach (var cache in _touched)
        {
            cache.WakeWatches();
        }

        _touched.Clear();
    }

    private void Failed(Exception exception, TimeSpan wait)
    {
        _context.Metrics.WatchFailed();
        switch (exception)
        {
            case RevisionCompactedException or RevisionTooLargeException:
                CacheLog.Lost(_context.Logger, Revision);
                Lose();
                break;
            case StorageUnavailableException:
                CacheLog.WatchBroke(_context.Logger, Revision, exception.Message, wait);
                break;
            default:
                CacheLog.FollowFailed(_context.Logger, exception, Revision, wait);
                break;
        }
    }

    private void Lose()
    {
        lock (_gate)
        {
            _anchored = false;
            foreach (var cache in _routes.Caches)
            {
                cache.Reset(Revision);
            }
        }
    }

    private void Tick()
    {
        foreach (var cache in _routes.Caches)
        {
            cache.Tick(_context.Now);
        }
    }
}
