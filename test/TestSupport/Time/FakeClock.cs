namespace KubeFed.TestSupport.Time;

/// <summary>
/// A clock that stands still until <see cref="Advance"/> moves it. Timers fire on the thread that advances, in the order of their due
/// times, each at its own time.
/// </summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly DateTimeOffset _start;
    private long _elapsed;
    private long _sequence;
    private long _jumped;

    public FakeClock(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are waiting, for tests that must know that the code under test has armed one.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Interlocked.Read(ref _elapsed) + Interlocked.Read(ref _jumped));

    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the wall clock forward or back, as an operator does; timers and timestamps know nothing of it.</summary>
    public void JumpWallClock(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);

    /// <summary>Moves the clock, firing what becomes due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = GetTimestamp() + by.Ticks;
        while (NextDueBy(until) is { } timer)
        {
            timer.Fire();
        }

        Interlocked.Exchange(ref _elapsed, until);
    }

    /// <summary>Moves the clock to the next timer's due time, at most by <paramref name="limit"/>; false when no timer is due by then.</summary>
    public bool AdvanceToNextTimer(TimeSpan limit)
    {
        var timer = NextDueBy(GetTimestamp() + limit.Ticks);
        timer?.Fire();
        return timer is not null;
    }

    private FakeTimer? NextDueBy(long until)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.DueAt <= until).MinBy(timer => (timer.DueAt, timer.Order));
            if (next is not null)
            {
                Interlocked.Exchange(ref _elapsed, Math.Max(next.DueAt, _elapsed));
                _timers.Remove(next);
                if (next.Period > TimeSpan.Zero)
                {
                    Schedule(next, next.Period);
                }
            }

            return next;
        }
    }

    private void Schedule(FakeTimer timer, TimeSpan dueTime)
    {
        timer.DueAt = GetTimestamp() + dueTime.Ticks;
        timer.Order = _sequence++;
        _timers.Add(timer);
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public long DueAt { get; set; }

        public long Order { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (_disposed)
                {
                    return false;
                }

                Period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock.Schedule(this, dueTime);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                _disposed = true;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
