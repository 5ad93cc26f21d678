using System.Runtime.CompilerServices;

namespace KubeFed.ApiServerRuntime.Storage.Watching;

/// <summary>
/// Tells watches what was written. Keeps the newest events once for all of them; each watch reads at its own pace from there, and from the
/// history what is no longer there. So a slow watch holds up nobody and costs no memory, and loses its place only by compaction.
/// </summary>
/// <param name="history">Where older events are.</param>
/// <param name="revision">The revision of the store at the start.</param>
/// <param name="countLimit">The most events kept in memory.</param>
/// <param name="bytesLimit">The most bytes of values kept in memory, the newest event excepted.</param>
internal sealed class WatchHub(IEventHistory history, long revision, int countLimit, long bytesLimit)
{
    internal const int BatchCount = 1000;
    internal const long BatchBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly RevisionRing<StorageEvent> _recent = new(revision);
    private readonly List<Watcher> _watchers = [];
    private long _bytes;
    private bool _closed;

    /// <summary>The newest revision that was published.</summary>
    internal long Revision
    {
        get
        {
            lock (_gate)
            {
                return _recent.Last;
            }
        }
    }

    /// <summary>The revision before the oldest event kept in memory.</summary>
    internal long Floor
    {
        get
        {
            lock (_gate)
            {
                return _recent.Floor;
            }
        }
    }

    /// <summary>Takes what was written, in order and without a gap, once it is durable.</summary>
    internal void Publish(ReadOnlySpan<StorageEvent> events)
    {
        lock (_gate)
        {
            foreach (var written in events)
            {
                _recent.Append(written);
                _bytes += SizeOf(written);
            }

            while (_recent.Count > countLimit || (_bytes > bytesLimit && _recent.Count > 1))
            {
                _bytes -= SizeOf(_recent.DropOldest());
            }

            foreach (var watcher in _watchers)
            {
                Notify(watcher, events);
            }
        }
    }

    /// <summary>Forgets the events up to a revision.</summary>
    internal void Trim(long through)
    {
        lock (_gate)
        {
            while (_recent.Count > 0 && _recent.Floor < through)
            {
                _bytes -= SizeOf(_recent.DropOldest());
            }
        }
    }

    /// <summary>Has every watch report the newest revision, and returns it.</summary>
    internal long RequestProgress()
    {
        lock (_gate)
        {
            foreach (var watcher in _watchers)
            {
                watcher.Wanted = _recent.Last;
                if (!watcher.Awake && watcher.Reported < watcher.Wanted)
                {
                    watcher.Wake();
                }
            }

            return _recent.Last;
        }
    }

    /// <summary>Ends all watches.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _watchers.ForEach(static watcher => watcher.Close());
        }
    }

    internal async IAsyncEnumerable<StorageEventBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = Subscribe(prefix, afterRevision);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var outcome = Read(watcher, out var batch);
                if (outcome == ReadOutcome.Behind)
                {
                    batch = await history.ReadAsync(prefix, watcher.Seen, cancellationToken);
                    Advance(watcher, batch.Revision);
                }

                if (batch is not null)
                {
                    yield return batch;
                }
                else if (outcome == ReadOutcome.Closed || !await watcher.WaitAsync(cancellationToken))
                {
                    throw new StorageUnavailableException("the store was closed");
                }
            }
        }
        finally
        {
            Unsubscribe(watcher);
        }
    }

    private static long SizeOf(StorageEvent written) => (written.Value?.Value.Length ?? 0) + (written.Previous?.Value.Length ?? 0);

    private static void Notify(Watcher watcher, ReadOnlySpan<StorageEvent> events)
    {
        if (watcher.Awake)
        {
            return;
        }

        foreach (var written in events)
        {
            if (watcher.Matches(written))
            {
                watcher.Wake();
                return;
            }
        }

        watcher.Seen = Math.Max(watcher.Seen, events[^1].Revision);
    }

    private Watcher Subscribe(string prefix, long afterRevision)
    {
        var watcher = new Watcher(prefix, afterRevision);
        lock (_gate)
        {
            watcher.Wanted = _recent.Last;
            _watchers.Add(watcher);
        }

        return watcher;
    }

    private void Unsubscribe(Watcher watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
        }
    }

    private ReadOutcome Read(Watcher watcher, out StorageEventBatch? batch)
    {
        lock (_gate)
        {
            batch = null;
            if (_closed)
            {
                return ReadOutcome.Closed;
            }

            if (watcher.Seen < _recent.Floor)
            {
                return ReadOutcome.Behind;
            }

            var events = Collect(watcher);
            watcher.Awake = watcher.Seen < _recent.Last;
            if (events.Count > 0 || (watcher.Reported < watcher.Seen && watcher.Reported < watcher.Wanted))
            {
                batch = new StorageEventBatch(events, watcher.Seen);
                watcher.Reported = watcher.Seen;
            }

            return ReadOutcome.Current;
        }
    }

    private List<StorageEvent> Collect(Watcher watcher)
    {
        List<StorageEvent> events = [];
        var bytes = 0L;
        var next = watcher.Seen;
        while (next < _recent.Last && events.Count < BatchCount && bytes < BatchBytes)
        {
            var written = _recent[++next];
            if (written.Key.StartsWith(watcher.Prefix, StringComparison.Ordinal))
            {
                events.Add(written);
                bytes += SizeOf(written);
            }
        }

        watcher.Seen = next;
        return events;
    }

    private void Advance(Watcher watcher, long through)
    {
        lock (_gate)
        {
            watcher.Seen = through;
            watcher.Reported = through;
        }
    }

    private enum ReadOutcome
    {
        Current,
        Behind,
        Closed,
    }
}
