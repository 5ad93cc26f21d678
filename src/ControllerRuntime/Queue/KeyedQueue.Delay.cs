namespace KubeFed.ControllerRuntime.Queue;

public sealed partial class KeyedQueue<TKey>
{
    private const long NotArmed = long.MaxValue;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly DelayHeap<TKey> _delayed = new();
    private readonly ITimer _timer;
    private long _armedFor = NotArmed;

    /// <summary>
    /// Makes a key ready after a delay, or sooner if something else asks for it sooner. A delay that is not positive means now.
    /// Nothing happens after shutdown.
    /// </summary>
    public void AddAfter(TKey key, TimeSpan delay) => AddAfter(key, delay, QueuePriority.Normal);

    /// <summary>As <see cref="AddAfter(TKey, TimeSpan)"/>, with the priority that the key has when it is due.</summary>
    public void AddAfter(TKey key, TimeSpan delay, QueuePriority priority)
    {
        lock (_lock)
        {
            if (!_isShutDown)
            {
                Delay(GetOrAdd(key), delay, priority == QueuePriority.Low);
            }
        }
    }

    /// <summary>
    /// Records a failure of the key and makes it ready after its backoff (<see cref="KeyedQueueOptions{TKey}.Backoff"/>), or sooner if
    /// something else asks for it sooner. Nothing happens after shutdown.
    /// </summary>
    /// <returns>The delay that was chosen.</returns>
    public TimeSpan AddRateLimited(TKey key)
    {
        lock (_lock)
        {
            if (_isShutDown)
            {
                return TimeSpan.Zero;
            }

            var entry = GetOrAdd(key);
            entry.Failures++;
            _metrics?.Retried(_nameTag);
            var delay = _options.Backoff.DelayFor(entry.Failures, _options.Random);
            Delay(entry, delay, isLow: false);
            return delay;
        }
    }

    /// <summary>Forgets the key's failures, so that its next backoff is the first again. Pending deliveries stay.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                entry.Failures = 0;
                RemoveIfIdle(entry);
            }
        }
    }

    /// <summary>How often the key has been added with backoff since it was last forgotten.</summary>
    public int Failures(TKey key)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(key, out var entry) ? entry.Failures : 0;
        }
    }

    private void Delay(QueueEntry<TKey> entry, TimeSpan delay, bool isLow)
    {
        var now = _time.GetTimestamp();
        if (delay <= TimeSpan.Zero)
        {
            MarkDirty(entry, now, isLow);
            return;
        }

        if (entry.IsDirty)
        {
            return;
        }

        entry.IsDelayedLow = isLow && (!entry.IsDelayed || entry.IsDelayedLow);

        var dueAt = DueAfter(now, delay);
        if (!entry.IsDelayed)
        {
            _delayed.Add(entry, dueAt);
        }
        else if (dueAt < entry.DueAt)
        {
            _delayed.MoveEarlier(entry, dueAt);
        }

        Arm(now);
    }

    private long DueAfter(long now, TimeSpan delay)
    {
        var wait = Math.Ceiling(delay.TotalSeconds * _time.TimestampFrequency);
        return wait >= NotArmed - 1 - now ? NotArmed - 1 : now + (long)wait;
    }

    private void Arm(long now)
    {
        if (_delayed.Count == 0 || _delayed.Earliest.DueAt >= _armedFor)
        {
            return;
        }

        _armedFor = _delayed.Earliest.DueAt;
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(_time.GetElapsedTime(now, _armedFor).TotalMilliseconds));
        _timer.Change(wait < LongestTimer ? wait : LongestTimer, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            while (_delayed.Count > 0 && _delayed.Earliest is var entry && entry.DueAt <= now)
            {
                MarkDirty(entry, now, entry.IsDelayedLow);
            }

            _armedFor = NotArmed;
            Arm(now);
        }
    }
}
