using System.Diagnostics.CodeAnalysis;

namespace KubeFed.ControllerRuntime.Queue;

/// <summary>
/// A queue of keys for level-triggered work. It has set semantics: a key that is added several times before a worker takes it is
/// handed out once, and a key that is added while a worker holds it is handed out once more after <see cref="Done"/>. No two
/// workers ever hold the same key.
/// </summary>
/// <remarks>
/// <para>Every key has at most one pending delivery, the earliest asked for: <see cref="Add(TKey)"/> supersedes a delayed delivery, and a
/// delayed one never puts off what is due sooner. Ready keys are handed out in the order in which they became ready, or round robin
/// over groups (<see cref="KeyedQueueOptions{TKey}.FairBy{TGroup}(Func{TKey, TGroup})"/>).</para>
/// <para>The queue holds memory only for keys that are ready, held, delayed or have failures on record, so its bound is the number of
/// distinct keys. All members are thread-safe; all but <see cref="TakeAsync"/> return at once. One timer serves all delays.</para>
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, though not a System.Collections.Queue.")]
public sealed partial class KeyedQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly KeyedQueueOptions<TKey> _options;
    private readonly TimeProvider _time;
    private readonly WorkQueueMetrics? _metrics;
    private readonly KeyValuePair<string, object?> _nameTag;
    private readonly Dictionary<TKey, QueueEntry<TKey>> _entries;
    private readonly IReadyList<TKey> _ready;
    private readonly LinkedList<Waiter> _waiters = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<QueueEntry<TKey>> _processing = [];
    private bool _isShutDown;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="name">The value of the metrics' <c>name</c> tag, usually the controller's name.</param>
    /// <param name="options">Null stands for the defaults.</param>
    /// <exception cref="ArgumentException">The backoff values cannot be used.</exception>
    public KeyedQueue(string name, KeyedQueueOptions<TKey>? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _options = options ?? new KeyedQueueOptions<TKey>();
        if (_options.Backoff.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        Name = name;
        _time = _options.TimeProvider;
        _metrics = _options.Metrics;
        _nameTag = new KeyValuePair<string, object?>("name", name);
        _entries = new Dictionary<TKey, QueueEntry<TKey>>(_options.Comparer);
        _ready = _options.CreateReadyList();
        _probe = new Probe(this);
        _metrics?.Register(_probe, _nameTag);
        _timer = _time.CreateTimer(static state => ((KeyedQueue<TKey>)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The name given at construction.</summary>
    public string Name { get; }

    /// <summary>How many keys are ready to be taken; delayed and held keys do not count.</summary>
    public int Depth
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>Completes when the queue is shut down, what was ready has been taken, and every taken key is done.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Makes a key ready now. Nothing happens when it is ready already, or after shutdown.</summary>
    public void Add(TKey key) => Add(key, QueuePriority.Normal);

    /// <summary>
    /// Makes a key ready now, with a priority. A key that is ready already keeps the higher of its priorities. Nothing happens after shutdown.
    /// </summary>
    public void Add(TKey key, QueuePriority priority)
    {
        lock (_lock)
        {
            if (!_isShutDown)
            {
                MarkDirty(GetOrAdd(key), _time.GetTimestamp(), priority == QueuePriority.Low);
            }
        }
    }

    /// <summary>
    /// Waits for a key and takes it. Waiting callers are served in the order in which they began to wait.
    /// </summary>
    /// <returns>A key that the caller must give back with <see cref="Done"/>, or no key when the queue is shut down and empty.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first; no key was taken.</exception>
    public ValueTask<TakenKey<TKey>> TakeAsync(CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return ValueTask.FromCanceled<TakenKey<TKey>>(cancellationToken);
            }

            if (_ready.TryDequeue(out var entry))
            {
                return ValueTask.FromResult(BeginProcessing(entry));
            }

            if (_isShutDown)
            {
                return ValueTask.FromResult(default(TakenKey<TKey>));
            }

            waiter = new Waiter(this, cancellationToken);
            waiter.Node = _waiters.AddLast(waiter);
        }

        return waiter.WaitAsync();
    }

    /// <summary>Takes a key if one is ready, without waiting.</summary>
    /// <returns>Whether a key was taken; the caller must give it back with <see cref="Done"/>.</returns>
    public bool TryTake([MaybeNullWhen(false)] out TKey key)
    {
        lock (_lock)
        {
            if (_ready.TryDequeue(out var entry))
            {
                key = BeginProcessing(entry).Key;
                return true;
            }
        }

        key = default;
        return false;
    }

    /// <summary>Gives back a key. If it was added meanwhile it becomes ready again.</summary>
    /// <exception cref="InvalidOperationException">No worker holds the key.</exception>
    public void Done(TKey key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry) || !entry.IsProcessing)
            {
                throw new InvalidOperationException($"The key {key} was not taken from the queue {Name}.");
            }

            var now = _time.GetTimestamp();
            entry.IsProcessing = false;
            _processing.Remove(entry);
            _metrics?.Finished(_time.GetElapsedTime(entry.ProcessingSince, now), _nameTag);
            if (entry.IsDirty)
            {
                HandOut(entry);
            }
            else
            {
                RemoveIfIdle(entry);
            }

            CompleteIfDrained();
        }
    }

    /// <summary>
    /// Ends the queue: further adds and all delayed deliveries are dropped, keys that are ready are still handed out, and then
    /// <see cref="TakeAsync"/> returns no key. Idempotent. Await <see cref="Drained"/> to know that all work is done.
    /// </summary>
    public void ShutDown()
    {
        lock (_lock)
        {
            if (_isShutDown)
            {
                return;
            }

            _isShutDown = true;
            _delayed.Clear(RemoveIfIdle);
            while (TryPopWaiter(out var waiter))
            {
                waiter.SetResult(default);
            }

            CompleteIfDrained();
        }
    }

    /// <summary>Shuts the queue down and stops its timer and metrics. Keys that are held may still be given back.</summary>
    public void Dispose()
    {
        ShutDown();
        _timer.Dispose();
        _metrics?.Unregister(_probe);
    }

    private QueueEntry<TKey> GetOrAdd(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            entry = new QueueEntry<TKey>(key);
            _entries.Add(key, entry);
        }

        return entry;
    }

    private void RemoveIfIdle(QueueEntry<TKey> entry)
    {
        if (entry.IsIdle)
        {
            _entries.Remove(entry.Key);
        }
    }

    private void MarkDirty(QueueEntry<TKey> entry, long now, bool isLow)
    {
        if (entry.IsDelayed)
        {
            _delayed.Remove(entry);
        }

        if (entry.IsDirty)
        {
            PromoteUnless(isLow, entry);
            return;
        }

        entry.IsDirty = true;
        entry.IsLow = isLow;
        entry.DirtySince = now;
        _metrics?.Added(_nameTag);
        if (!entry.IsProcessing)
        {
            HandOut(entry);
        }
    }

    private void PromoteUnless(bool isLow, QueueEntry<TKey> entry)
    {
        if (isLow || !entry.IsLow)
        {
            return;
        }

        entry.IsLow = false;
        if (!entry.IsProcessing)
        {
            _ready.Promote(entry);
        }
    }

    private void HandOut(QueueEntry<TKey> entry)
    {
        if (TryPopWaiter(out var waiter))
        {
            waiter.SetResult(BeginProcessing(entry));
        }
        else
        {
            _ready.Enqueue(entry);
        }
    }

    private TakenKey<TKey> BeginProcessing(QueueEntry<TKey> entry)
    {
        var now = _time.GetTimestamp();
        entry.IsDirty = false;
        entry.IsProcessing = true;
        entry.ProcessingSince = now;
        _processing.Add(entry);
        _metrics?.Taken(_time.GetElapsedTime(entry.DirtySince, now), _nameTag);
        return new TakenKey<TKey>(true, entry.Key);
    }

    private void CompleteIfDrained()
    {
        if (_isShutDown && _processing.Count == 0 && _ready.Count == 0)
        {
            _drained.TrySetResult();
        }
    }
}
