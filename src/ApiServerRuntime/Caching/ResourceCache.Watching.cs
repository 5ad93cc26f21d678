using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiServerRuntime.Caching;

/// <content>What watches ask of their cache.</content>
internal sealed partial class ResourceCache
{
    private BookmarkPayload? _bookmark;

    /// <summary>Gives a watch the next events of the history; at the end of it the watch joins the live ones, with nothing in between.</summary>
    public ReplayOutcome Replay(CacheWatch watch, long after, int most, List<CacheEvent> into)
    {
        lock (_gate)
        {
            if (_history is null || after < _history.BaseRevision)
            {
                return ReplayOutcome.Gone;
            }

            var first = _history.IndexAfter(after);
            var until = Math.Min(_history.Count, first + most);
            for (var i = first; i < until; i++)
            {
                into.Add(_history[i]);
            }

            if (until < _history.Count)
            {
                return ReplayOutcome.More;
            }

            if (_watches.Contains(watch))
            {
                _index.Add(watch);
            }

            return ReplayOutcome.CaughtUp;
        }
    }

    /// <summary>Forgets a watch.</summary>
    public void Close(CacheWatch watch)
    {
        lock (_gate)
        {
            if (!_watches.Remove(watch))
            {
                return;
            }

            _index.Remove(watch);
        }

        _context.Watches.Remove();
        _context.Metrics.Watches(-1, _tags);
    }

    /// <summary>Ends a watch that is slower than the history is long.</summary>
    public void Cut(CacheWatch watch, long revision)
    {
        _context.Metrics.Cut(_tags);
        CacheLog.WatchCut(_context.Logger, watch.Scope, revision);
        watch.End(null);
    }

    public void SelectorFailed(CacheWatch watch, Exception exception) => CacheLog.SelectorFailed(_context.Logger, exception, watch.Scope);

    public void CountSent(int count) => _context.Metrics.Sent(count, _tags);

    /// <summary>The bookmark of a revision, the same for all watches that send one.</summary>
    public EventPayload Bookmark(long revision)
    {
        if (Volatile.Read(ref _bookmark) is { } last && last.Revision == revision)
        {
            return last.Payload;
        }

        var payload = new EventPayload(RevisionText.Bookmark(ApiVersion, Type.Kind, revision, initialEventsEnd: false));
        Volatile.Write(ref _bookmark, new(revision, payload));
        return payload;
    }

    /// <summary>The bookmark after the initial events.</summary>
    public EventPayload InitialEventsEnd(long revision) =>
        new(RevisionText.Bookmark(ApiVersion, Type.Kind, revision, initialEventsEnd: true), initialEventsEnd: true);

    /// <summary>Once a second: bookmarks that are due, and history that is too old.</summary>
    public void Tick(TimeSpan now)
    {
        CacheWatch[] watches;
        lock (_gate)
        {
            if (_history is not null)
            {
                var capacity = _history.Capacity;
                _history.Trim();
                _context.Metrics.Capacity(_history.Capacity - capacity, _tags);
            }

            watches = [.. _watches];
        }

        foreach (var watch in watches)
        {
            watch.Tick(now);
        }
    }

    /// <summary>Takes no more watches and ends those there are, in order.</summary>
    public void Drain()
    {
        CacheWatch[] watches;
        lock (_gate)
        {
            _draining = true;
            watches = [.. _watches];
        }

        EndAll(watches, static _ => null);
    }

    private static void EndAll(CacheWatch[] watches, Func<CacheWatch, StatusException?> error)
    {
        foreach (var watch in watches)
        {
            watch.End(error(watch));
        }
    }

    private string ApiVersion => Type.Group.Length == 0 ? Type.StorageVersion : $"{Type.Group}/{Type.StorageVersion}";

    private sealed record BookmarkPayload(long Revision, EventPayload Payload);
}
