using System.Runtime.CompilerServices;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// A watch of a cache. It begins with a snapshot or with the history, read by the reader at its own pace; once it has caught up it is live,
/// and events are queued for it. When the queue is full it goes back to the history, from where the queue began; it ends only when it is
/// slower than the history is long. So a reader that does not come costs the server a bounded queue and nothing more.
/// </summary>
internal sealed class CacheWatch : IResourceWatch
{
    private const int ChunkSize = 500;

    private readonly Lock _lock = new();
    private readonly ResourceCache _cache;
    private readonly CacheWatchOptions _options;
    private readonly int _queueLength;
    private readonly WatchSignal _signal = new();
    private readonly BookmarkSchedule? _bookmarks;
    private readonly List<CacheEvent> _replay = [];

    private List<ResourceEvent> _queue = [];
    private long _firstQueued;
    private long _lastQueued;
    private bool _full;
    private bool _bookmarkDue;
    private bool _ended;
    private StatusException? _error;

    private IEnumerator<CachedObject>? _initial;
    private bool _caughtUp;
    private bool _live;
    private long _position;
    private long _reported;

    private CacheWatch(ResourceCache cache, CacheWatchOptions options, ResourceCacheOptions limits, TimeSpan now, long position)
    {
        _cache = cache;
        _options = options;
        _queueLength = limits.WatchQueueLength;
        _position = _reported = position;
        _bookmarks = options.Bookmarks ? new(limits, now, options.Timeout) : null;
    }

    /// <summary>A prefix that ends with a slash, or the key of one object.</summary>
    public string Scope => _options.KeyPrefix;

    /// <summary>The place in the index; -1 outside. The index's own.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Whether the dispatcher has noted to wake it. The dispatcher's own.</summary>
    public bool IsTouched { get; set; }

    /// <summary>A watch of what follows a revision.</summary>
    public static CacheWatch After(ResourceCache cache, CacheWatchOptions options, ResourceCacheOptions limits, TimeSpan now, long revision) =>
        new(cache, options, limits, now, revision) { _caughtUp = true };

    /// <summary>A watch of the objects of a snapshot and what follows.</summary>
    public static CacheWatch From(ResourceCache cache, CacheWatchOptions options, ResourceCacheOptions limits, TimeSpan now, ResourceSnapshot snapshot) =>
        new(cache, options, limits, now, snapshot.Revision) { _initial = InScope(snapshot, options.KeyPrefix).GetEnumerator() };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IReadOnlyList<ResourceEvent>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Take() is { } events)
            {
                _cache.CountSent(events.Count);
                return events;
            }

            await _signal.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        _cache.Close(this);
        End(null);
        return ValueTask.CompletedTask;
    }

    /// <summary>Queues an event if the watch sees it. Called by the dispatcher, under the cache's lock.</summary>
    public OfferOutcome Offer(CacheEvent @event)
    {
        ResourceEvent seen;
        try
        {
            if (!TryView(@event, out seen))
            {
                return OfferOutcome.Ignored;
            }
        }
        catch (StatusException)
        {
            return OfferOutcome.Ignored;
        }

        lock (_lock)
        {
            if (_ended)
            {
                return OfferOutcome.Ignored;
            }

            if (_queue.Count == _queueLength)
            {
                _full = true;
                _position = _firstQueued - 1;
                _queue = [];
                return OfferOutcome.Full;
            }

            if (_queue.Count == 0)
            {
                _firstQueued = @event.Revision;
            }

            _lastQueued = @event.Revision;
            _queue.Add(seen);
            return OfferOutcome.Queued;
        }
    }

    /// <summary>Wakes the reader if it waits and there is something for it.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Lets the reader send a bookmark when one is due and would tell something.</summary>
    public void Tick(TimeSpan now)
    {
        lock (_lock)
        {
            if (_bookmarks?.IsDue(now) != true || _ended || _cache.Seen <= _reported)
            {
                return;
            }

            _bookmarkDue = true;
        }

        _signal.Set();
    }

    /// <summary>Ends the watch: in order after what is queued, or with an error.</summary>
    public void End(StatusException? error)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            _error = error;
        }

        _signal.Set();
    }

    /// <summary>The error that the reader gets when events it has not seen are forgotten.</summary>
    public StatusException Expired(long oldest)
    {
        lock (_lock)
        {
            return CacheErrors.TooOld(_reported, oldest);
        }
    }

    private static IEnumerable<CachedObject> InScope(ResourceSnapshot snapshot, string scope)
    {
        if (scope.EndsWith('/'))
        {
            return snapshot.Range(scope);
        }

        return snapshot.Find(scope) is { } found ? [found] : [];
    }

    /// <summary>What there is now, an empty list for the end, or null when the reader must wait.</summary>
    private IReadOnlyList<ResourceEvent>? Take()
    {
        while (true)
        {
            if (_live)
            {
                if (TakeQueued(out var queued))
                {
                    return queued;
                }

                continue;
            }

            if (IsEnded())
            {
                return [];
            }

            var events = _caughtUp ? TakeHistory() : TakeInitial();
            if (events.Count > 0)
            {
                return events;
            }
        }
    }

    private bool IsEnded()
    {
        lock (_lock)
        {
            return _ended && (_error is null ? true : throw _error);
        }
    }

    private List<ResourceEvent> TakeInitial()
    {
        var events = new List<ResourceEvent>();
        while (events.Count < ChunkSize)
        {
            if (!_initial!.MoveNext())
            {
                _initial.Dispose();
                _caughtUp = true;
                if (_options.SendInitialEventsEnd)
                {
                    events.Add(new(WatchEventType.Bookmark, _cache.InitialEventsEnd(_position)));
                }

                break;
            }

            if (Sees(_initial.Current))
            {
                events.Add(new(WatchEventType.Added, new EventPayload(_initial.Current.Object)));
            }
        }

        return events;
    }

    /// <summary>Reads on in the history; at its end the watch is live.</summary>
    private List<ResourceEvent> TakeHistory()
    {
        var events = new List<ResourceEvent>();
        var outcome = _cache.Replay(this, _position, ChunkSize, _replay);
        if (outcome == ReplayOutcome.Gone)
        {
            _cache.Cut(this, _position);
            return events;
        }

        foreach (var @event in _replay)
        {
            if (IsInScope(@event.Key) && TryView(@event, out var seen))
            {
                events.Add(seen);
            }
        }

        if (_replay.Count > 0)
        {
            Advance(_replay[^1].Revision);
            _replay.Clear();
        }

        _live = outcome == ReplayOutcome.CaughtUp;
        return events;
    }

    private void Advance(long revision)
    {
        lock (_lock)
        {
            _reported = Math.Max(_reported, revision);
            if (!_full)
            {
                _position = revision;
            }
        }
    }

    /// <summary>Takes what is queued, with a bookmark behind it when one is due. False when the watch has to read the history first.</summary>
    private bool TakeQueued(out IReadOnlyList<ResourceEvent>? events)
    {
        // Read first: all writes up to it were offered before it was published, and so are in the queue by the time it is taken.
        var seen = _cache.Seen;
        lock (_lock)
        {
            events = null;
            _signal.Reset();
            if (_full && !_ended)
            {
                _full = _live = false;
                return false;
            }

            if (_queue.Count > 0)
            {
                _reported = _lastQueued;
                events = _queue;
                _queue = [];
            }

            if (_bookmarkDue && !_ended)
            {
                events = WithBookmark(events, Math.Max(seen, _reported));
            }

            if (events is null && _ended)
            {
                events = _error is null ? [] : throw _error;
            }

            return true;
        }
    }

    private IReadOnlyList<ResourceEvent>? WithBookmark(IReadOnlyList<ResourceEvent>? events, long revision)
    {
        _bookmarkDue = false;
        if (revision <= _reported)
        {
            return events;
        }

        _reported = revision;
        var bookmark = new ResourceEvent(WatchEventType.Bookmark, _cache.Bookmark(revision));
        return events is null ? [bookmark] : [.. events, bookmark];
    }

    private bool IsInScope(string key) =>
        Scope.EndsWith('/') ? key.StartsWith(Scope, StringComparison.Ordinal) : string.Equals(key, Scope, StringComparison.Ordinal);

    private bool TryView(CacheEvent @event, out ResourceEvent seen)
    {
        var matched = Sees(@event.Previous);
        if (Sees(@event.Current))
        {
            seen = new(matched ? WatchEventType.Modified : WatchEventType.Added, @event.Present);
            return true;
        }

        seen = matched ? new(WatchEventType.Deleted, @event.Gone) : default;
        return matched;
    }

    private bool Sees(CachedObject? found)
    {
        if (found is null || _options.Matches is not { } matches)
        {
            return found is not null;
        }

        try
        {
            return matches(found.Object);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var error = CacheErrors.BrokenSelector(e);
            _cache.SelectorFailed(this, e);
            End(error);
            throw error;
        }
    }
}
