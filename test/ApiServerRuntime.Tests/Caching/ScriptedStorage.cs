using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

/// <summary>A storage in memory whose watches a test can hold back, break and outrun. Keeps every revision until it is compacted.</summary>
internal sealed class ScriptedStorage : IStorage
{
    private readonly Lock _gate = new();
    private readonly List<StorageEvent> _history = [];
    private readonly Dictionary<long, ImmutableSortedDictionary<string, StoredValue>> _states = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _visible = long.MaxValue;
    private long _compacted;
    private Exception? _broken;

    public ScriptedStorage() => _states[1] = ImmutableSortedDictionary.Create<string, StoredValue>(StringComparer.Ordinal);

    public long Revision { get; private set; } = 1;

    public int Lists { get; private set; }

    public int RevisionReads { get; private set; }

    public int WatchesOpened { get; private set; }

    /// <summary>Awaited by every list before it reads.</summary>
    public Func<Task> BeforeList { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited by every list after it has read.</summary>
    public Func<Task> AfterList { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited by every question for the revision.</summary>
    public Func<Task> BeforeRevision { get; set; } = () => Task.CompletedTask;

    public ImmutableSortedDictionary<string, StoredValue> State(long revision)
    {
        lock (_gate)
        {
            return _states[revision];
        }
    }

    public long Put(string key, string json) => Write(key, Encoding.UTF8.GetBytes(json));

    public long Remove(string key) => Write(key, null);

    /// <summary>Watches deliver nothing after this revision.</summary>
    public void Hold(long visible) => Change(() => _visible = visible);

    public void Release() => Change(() => _visible = long.MaxValue);

    /// <summary>All watches, and those that are opened, fail until <see cref="Mend"/>.</summary>
    public void Break(Exception with) => Change(() => _broken = with);

    public void Mend() => Change(() => _broken = null);

    public void Compact(long revision) => Change(() => _compacted = revision);

    public Task<StoredValue?> GetAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(State(Revision).GetValueOrDefault(key));

    public async Task<StoragePage> ListAsync(string prefix, StorageListOptions options, CancellationToken cancellationToken)
    {
        await BeforeList();
        StoragePage page;
        lock (_gate)
        {
            Lists++;
            if (_broken is StorageUnavailableException)
            {
                throw _broken;
            }

            var revision = options.Revision == 0 ? Revision : options.Revision;
            if (revision < _compacted)
            {
                throw new RevisionCompactedException(revision, _compacted);
            }

            var all = _states[revision].Values
                .Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Where(v => options.StartKey is null || string.CompareOrdinal(v.Key, options.StartKey) >= 0)
                .ToList();
            var taken = options.Limit > 0 ? all.Take(options.Limit).ToList() : all;
            page = new(taken, revision, taken.Count < all.Count, all.Count - taken.Count);
        }

        await AfterList();
        return page;
    }

    public Task<StorageWriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken) =>
        Task.FromResult(StorageWriteResult.Done(Write(key, value)));

    public Task<StorageWriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedRevision, TimeSpan? timeToLive, CancellationToken cancellationToken) =>
        Task.FromResult(StorageWriteResult.Done(Write(key, value)));

    public Task<StorageWriteResult> DeleteAsync(string key, long expectedRevision, CancellationToken cancellationToken) =>
        Task.FromResult(StorageWriteResult.Done(Write(key, null)));

    public async Task<long> ReadRevisionAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            RevisionReads++;
        }

        await BeforeRevision();
        lock (_gate)
        {
            return _broken is StorageUnavailableException ? throw _broken : Revision;
        }
    }

    public async IAsyncEnumerable<StorageEventBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            WatchesOpened++;
        }

        var position = afterRevision;
        while (true)
        {
            Task changed;
            List<StorageEvent> events;
            lock (_gate)
            {
                changed = _changed.Task;
                if (_broken is not null)
                {
                    throw _broken;
                }

                if (position < _compacted)
                {
                    throw new RevisionCompactedException(position, _compacted);
                }

                events = _history.Where(e => e.Revision > position && e.Revision <= _visible).ToList();
            }

            if (events.Count == 0)
            {
                await changed.WaitAsync(cancellationToken);
                continue;
            }

            position = events[^1].Revision;
            yield return new(events.Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList(), position);
        }
    }

    public Task CompactAsync(long revision, CancellationToken cancellationToken)
    {
        Compact(revision);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private long Write(string key, ReadOnlyMemory<byte>? value)
    {
        Change(() =>
        {
            var state = _states[Revision];
            var previous = state.GetValueOrDefault(key);
            Revision++;
            var current = value is { } bytes ? new StoredValue(key, bytes, Revision) : null;
            _states[Revision] = current is null ? state.Remove(key) : state.SetItem(key, current);
            _history.Add(new(key, Revision, current, previous));
        });
        return Revision;
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }
}
