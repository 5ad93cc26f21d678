using System.Collections.Immutable;
using KubeFed.ApiServerRuntime.Storage.Watching;

namespace KubeFed.ApiServerRuntime.Storage.Memory;

/// <summary>
/// An <see cref="IStorage"/> in the memory of the process, for tests and throw-away clusters: nothing survives it, and "durable" means
/// done. The first write takes revision 2, as in etcd. Every write costs time logarithmic in the number of keys, and so does starting a
/// list at any kept revision, since each is an immutable tree that shares all but the changed path with the one before.
/// </summary>
public sealed class MemoryStorage : IStorage, IEventHistory
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);
    private static readonly ImmutableSortedSet<StoredValue> Empty = ImmutableSortedSet.Create<StoredValue>(KeyOrder.Instance);

    private readonly Lock _gate = new();
    private readonly int _historyLimit;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Expirations _expirations = new();
    private readonly RevisionRing<ImmutableSortedSet<StoredValue>> _states = new(0);
    private readonly WatchHub _hub;
    private ImmutableSortedSet<StoredValue> _newest = Empty;
    private bool _disposed;

    /// <summary>Creates an empty store.</summary>
    /// <param name="time">The clock for times to live.</param>
    /// <param name="options">How much to keep; null for the defaults.</param>
    public MemoryStorage(TimeProvider time, MemoryStorageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _historyLimit = (options ?? new()).HistoryLimit;
        ArgumentOutOfRangeException.ThrowIfLessThan(_historyLimit, 1, nameof(options));
        _time = time;
        _states.Append(_newest);
        _hub = new WatchHub(this, _states.Last, _historyLimit, long.MaxValue);
        _timer = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public Task<StoredValue?> GetAsync(string key, CancellationToken cancellationToken)
    {
        StorageKeys.Check(key);
        return RunLockedAsync(() => Find(key), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StoragePage> ListAsync(string prefix, StorageListOptions options, CancellationToken cancellationToken)
    {
        StorageKeys.CheckPrefix(prefix);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Limit, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Revision, nameof(options));
        return RunAsync(() => List(prefix, options), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StorageWriteResult> CreateAsync(
        string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        StorageKeys.Check(key);
        StorageKeys.CheckTimeToLive(timeToLive);
        return RunLockedAsync(() => Write(key, 0, value, timeToLive), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StorageWriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedRevision, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        StorageKeys.Check(key);
        StorageKeys.CheckTimeToLive(timeToLive);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedRevision);
        return RunLockedAsync(() => Write(key, expectedRevision, value, timeToLive), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StorageWriteResult> DeleteAsync(string key, long expectedRevision, CancellationToken cancellationToken)
    {
        StorageKeys.Check(key);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedRevision);
        return RunLockedAsync(() => Write(key, expectedRevision, null, null), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) => RunLockedAsync(_hub.RequestProgress, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StorageEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken)
    {
        StorageKeys.CheckPrefix(prefix);
        ArgumentOutOfRangeException.ThrowIfNegative(afterRevision);
        return _hub.WatchAsync(prefix, afterRevision, cancellationToken);
    }

    /// <inheritdoc/>
    public Task CompactAsync(long revision, CancellationToken cancellationToken) => RunLockedAsync(() => Compact(revision), cancellationToken);

    /// <summary>Ends all watches and forgets everything.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            _newest = Empty;
        }

        _hub.Close();
        return _timer.DisposeAsync();
    }

    ValueTask<StorageEventBatch> IEventHistory.ReadAsync(string prefix, long afterRevision, CancellationToken cancellationToken) =>
        throw new RevisionCompactedException(afterRevision, _hub.Floor);

    private static StoragePage PageOf(
        ImmutableSortedSet<StoredValue> state, long revision, string prefix, StorageListOptions options)
    {
        var from = RankOf(state, StorageKeys.StartOf(prefix, options));
        var available = Math.Max(0, RankOf(state, StorageKeys.EndOf(prefix)) - from);
        var items = new StoredValue[options.Limit == 0 ? available : Math.Min(options.Limit, available)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = state[from + i];
        }

        var remaining = available - items.Length;
        return new StoragePage(items, revision, remaining > 0, remaining);
    }

    /// <summary>How many keys sort before this one.</summary>
    private static int RankOf(ImmutableSortedSet<StoredValue> state, string key)
    {
        var index = state.IndexOf(Probe(key));
        return index < 0 ? ~index : index;
    }

    private static StoredValue Probe(string key) => new(key, default, 0);

    private static Task<T> RunAsync<T>(Func<T> action, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(action());
        }
        catch (Exception e) when (e is RevisionCompactedException or RevisionTooLargeException or ObjectDisposedException)
        {
            return Task.FromException<T>(e);
        }
    }

    private Task<T> RunLockedAsync<T>(Func<T> action, CancellationToken cancellationToken)
    {
        T Locked()
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return action();
            }
        }

        return RunAsync(Locked, cancellationToken);
    }

    private StoragePage List(string prefix, StorageListOptions options)
    {
        var (state, revision) = StateAt(options.Revision);
        return PageOf(state, revision, prefix, options);
    }

    private StoredValue? Find(string key) => _newest.TryGetValue(Probe(key), out var found) ? found : null;

    private (ImmutableSortedSet<StoredValue> State, long Revision) StateAt(long revision)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (revision > _states.Last)
            {
                throw new RevisionTooLargeException(revision, _states.Last);
            }

            if (revision != 0 && revision <= _states.Floor)
            {
                throw new RevisionCompactedException(revision, _states.Floor + 1);
            }

            return revision == 0 ? (_newest, _states.Last) : (_states[revision], revision);
        }
    }

    private StorageWriteResult Write(string key, long expectedRevision, ReadOnlyMemory<byte>? value, TimeSpan? timeToLive)
    {
        var current = Find(key);
        return (current?.Revision ?? 0) == expectedRevision
            ? StorageWriteResult.Done(Apply(key, current, value, timeToLive))
            : StorageWriteResult.Refused(_states.Last, current);
    }

    private long Apply(string key, StoredValue? current, ReadOnlyMemory<byte>? value, TimeSpan? timeToLive)
    {
        var revision = _states.Last + 1;
        var stored = value is { } bytes ? new StoredValue(key, bytes, revision) : null;
        var without = current is null ? _newest : _newest.Remove(current);
        _newest = stored is null ? without : without.Add(stored);
        _states.Append(_newest);
        if (_states.Count > _historyLimit + 1)
        {
            _states.DropOldest();
        }

        if (timeToLive is { } time)
        {
            _expirations.Add(key, revision, _time.GetUtcNow() + time);
            ArmTimer();
        }

        _hub.Publish([new StorageEvent(key, revision, stored, current)]);
        return revision;
    }

    private bool Compact(long revision)
    {
        if (revision > _states.Last)
        {
            throw new RevisionTooLargeException(revision, _states.Last);
        }

        while (_states.Floor + 1 < revision)
        {
            _states.DropOldest();
        }

        _hub.Trim(revision);
        return true;
    }

    private void Expire()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            while (_expirations.TryTake(_time.GetUtcNow(), out var key, out var revision))
            {
                Write(key, revision, null, null);
            }

            ArmTimer();
        }
    }

    private void ArmTimer()
    {
        if (_expirations.Next is { } next)
        {
            var wait = next - _time.GetUtcNow();
            _timer.Change(wait > LongestTimer ? LongestTimer : wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
        }
    }
}
