using System.Diagnostics;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

/// <summary>A watch and what came of it, to be compared with what should have come.</summary>
internal sealed class WatchModel(CacheWatchOptions options, IResourceWatch watch)
{
    private readonly List<(WatchEventType Type, string Key, long Revision)> _seen = [];
    private Task<IReadOnlyList<ResourceEvent>>? _reading;
    private bool _ended;

    /// <summary>Takes what is there, without waiting.</summary>
    public async ValueTask PollAsync()
    {
        _reading ??= _ended ? null : watch.ReadAsync(CancellationToken.None).AsTask();
        if (_reading is { IsCompleted: true } done)
        {
            _reading = null;
            await TakeAsync(done);
        }
    }

    /// <summary>Reads until all is there or the watch has ended, and a little longer for what should not come.</summary>
    public async Task ReadToEndAsync(ScriptedStorage storage, long last)
    {
        var started = Stopwatch.GetTimestamp();
        while (!_ended && IsMissing(storage, last) && Stopwatch.GetElapsedTime(started) < CacheHarness.Limit)
        {
            await PollAsync();
            await Task.Yield();
        }

        for (var i = 0; i < 20; i++)
        {
            await PollAsync();
            await Task.Yield();
        }
    }

    public void Check(ScriptedStorage storage, long last)
    {
        var start = Start();
        if (start < 0)
        {
            Assert.That(_ended, "the initial events came to no end");
            return;
        }

        var expected = Expected(storage, start, last);
        var events = new List<(WatchEventType Type, string Key, long Revision)>();
        var initial = options.AfterRevision is null;
        foreach (var seen in _seen)
        {
            if (seen.Type != WatchEventType.Bookmark || initial)
            {
                initial &= seen.Type != WatchEventType.Bookmark;
                events.Add(seen);
                continue;
            }

            Assert.That(
                events,
                Has.Count.EqualTo(expected.Count(e => e.Revision <= Math.Max(start, seen.Revision))),
                $"a bookmark of {seen.Revision} promises all before it and nothing after");
        }

        var comparable = _ended ? expected.Take(events.Count) : expected;
        Assert.That(events, Is.EqualTo(comparable), $"watch of {options.KeyPrefix} after {options.AfterRevision}, started at {start}");
    }

    private bool IsMissing(ScriptedStorage storage, long last)
    {
        var start = Start();
        var bookmarks = _seen.Count(s => s.Type == WatchEventType.Bookmark) - (options.AfterRevision is null ? 1 : 0);
        return start < 0 || _seen.Count - bookmarks < Expected(storage, start, last).Count;
    }

    private List<(WatchEventType Type, string Key, long Revision)> Expected(ScriptedStorage storage, long start, long last)
    {
        var expected = new List<(WatchEventType Type, string Key, long Revision)>();
        if (options.AfterRevision is null)
        {
            expected.AddRange(storage.State(start).Values.Where(Sees).Select(v => (WatchEventType.Added, v.Key, v.Revision)));
            expected.Add((WatchEventType.Bookmark, "", start));
        }

        for (var revision = start + 1; revision <= last; revision++)
        {
            expected.AddRange(At(storage, revision));
        }

        return expected;
    }

    /// <summary>Where the watch began; -1 while its initial events have not ended.</summary>
    private long Start()
    {
        if (options.AfterRevision is { } after)
        {
            return after;
        }

        var index = _seen.FindIndex(s => s.Type == WatchEventType.Bookmark);
        return index < 0 ? -1 : _seen[index].Revision;
    }

    private IEnumerable<(WatchEventType Type, string Key, long Revision)> At(ScriptedStorage storage, long revision)
    {
        var (before, after) = (storage.State(revision - 1), storage.State(revision));
        foreach (var key in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var (was, became) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (!ReferenceEquals(was, became))
            {
                var (matched, matches) = (was is not null && Sees(was), became is not null && Sees(became));
                if (matched || matches)
                {
                    var type = !matches ? WatchEventType.Deleted : matched ? WatchEventType.Modified : WatchEventType.Added;
                    yield return (type, key, revision);
                }
            }
        }
    }

    private bool Sees(StoredValue value) =>
        (options.KeyPrefix.EndsWith('/') ? value.Key.StartsWith(options.KeyPrefix, StringComparison.Ordinal) : value.Key == options.KeyPrefix)
        && options.Matches?.Invoke(CacheHarness.Decode(value)) != false;

    private async Task TakeAsync(Task<IReadOnlyList<ResourceEvent>> done)
    {
        IReadOnlyList<ResourceEvent> events;
        try
        {
            events = await done;
        }
        catch (StatusException e)
        {
            Assert.That(e.Code, Is.EqualTo(410), e.Message);
            _ended = true;
            return;
        }

        _ended = events.Count == 0;
        foreach (var @event in events)
        {
            var meta = @event.Payload.Object.Metadata;
            var key = @event.Type == WatchEventType.Bookmark ? "" : CacheHarness.Key(meta.Name, meta.Namespace);
            _seen.Add((@event.Type, key, CacheHarness.RevisionOf(@event)));
        }
    }
}
