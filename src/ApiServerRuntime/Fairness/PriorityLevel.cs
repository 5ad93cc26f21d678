namespace KubeFed.ApiServerRuntime.Fairness;

/// <summary>
/// A share of the server's seats. While one is free a request takes it at once. Otherwise it waits in the queue of its user, and a seat that comes
/// free goes to the waiting user who has the fewest, among equals to whoever was served longest ago. Safe for concurrent use; a request
/// that need not wait costs one uncontended lock to enter and one to leave, and allocates nothing.
/// </summary>
internal sealed class PriorityLevel(string name, int seats, FairnessOptions options, TimeProvider time)
{
    private const int MaxSpareFlows = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Flow> _flows = new(StringComparer.Ordinal);
    private readonly List<Flow> _waitingFlows = [];
    private readonly Stack<Flow> _spare = new();
    private int _running;
    private int _waiting;
    private long _served;
    private long _dispatched;
    private long _full;
    private long _timedOut;

    public string Name { get; } = name;

    public int Seats { get; } = Math.Max(1, seats);

    public int Running => Volatile.Read(ref _running);

    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How many requests got a seat since the beginning.</summary>
    public long Dispatched => Interlocked.Read(ref _dispatched);

    /// <summary>How many were refused because too many waited.</summary>
    public long RefusedFull => Interlocked.Read(ref _full);

    /// <summary>How many were refused because they waited too long.</summary>
    public long RefusedTimedOut => Interlocked.Read(ref _timedOut);

    /// <summary>Hears how long requests waited that had to; null when nobody wants to know.</summary>
    public Action<PriorityLevel, TimeSpan>? OnWaited { get; init; }

    /// <summary>Takes a seat, or waits for one. Give it back with <see cref="Leave"/> when the outcome is <see cref="SeatOutcome.Taken"/>.</summary>
    public ValueTask<SeatOutcome> EnterAsync(string user, CancellationToken cancellationToken)
    {
        SeatWaiter waiter;
        lock (_gate)
        {
            if (_running < Seats)
            {
                FlowOf(user).Running++;
                _running++;
                _dispatched++;
                return ValueTask.FromResult(SeatOutcome.Taken);
            }

            var flow = FlowOf(user);
            if (_waiting >= options.MaxQueued || flow.Waiting.Count >= options.MaxQueuedPerUser)
            {
                _full++;
                DropIdle(flow);
                return ValueTask.FromResult(SeatOutcome.QueueFull);
            }

            waiter = Enqueue(flow);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>Gives a seat back.</summary>
    public void Leave(string user)
    {
        lock (_gate)
        {
            var flow = _flows[user];
            flow.Running--;
            _running--;
            while (_waiting > 0 && _running < Seats)
            {
                Serve(NextFlow());
            }

            DropIdle(flow);
        }
    }

    private async ValueTask<SeatOutcome> WaitAsync(SeatWaiter waiter, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        await using var timer = time.CreateTimer(_ => Abandon(waiter, default), null, options.QueueWait, Timeout.InfiniteTimeSpan);
        await using var aborted = cancellationToken.UnsafeRegister((_, token) => Abandon(waiter, token), null);
        try
        {
            return await waiter.Task;
        }
        finally
        {
            OnWaited?.Invoke(this, time.GetElapsedTime(since));
        }
    }

    private void Abandon(SeatWaiter waiter, CancellationToken cancelled)
    {
        lock (_gate)
        {
            if (waiter.Place is null)
            {
                return;
            }

            Dequeue(waiter);
            DropIdle(waiter.Flow);
            if (cancelled.IsCancellationRequested)
            {
                waiter.TrySetCanceled(cancelled);
                return;
            }

            _timedOut++;
            waiter.TrySetResult(SeatOutcome.TimedOut);
        }
    }

    private SeatWaiter Enqueue(Flow flow)
    {
        var waiter = new SeatWaiter(flow);
        if (flow.Waiting.Count == 0)
        {
            _waitingFlows.Add(flow);
        }

        waiter.Place = flow.Waiting.AddLast(waiter);
        _waiting++;
        return waiter;
    }

    private void Dequeue(SeatWaiter waiter)
    {
        waiter.Flow.Waiting.Remove(waiter.Place!);
        waiter.Place = null;
        _waiting--;
        if (waiter.Flow.Waiting.Count == 0)
        {
            _waitingFlows.Remove(waiter.Flow);
        }
    }

    private Flow NextFlow()
    {
        var next = _waitingFlows[0];
        foreach (var flow in _waitingFlows)
        {
            if (flow.Running < next.Running || (flow.Running == next.Running && flow.ServedAt < next.ServedAt))
            {
                next = flow;
            }
        }

        return next;
    }

    private void Serve(Flow flow)
    {
        var waiter = flow.Waiting.First!.Value;
        Dequeue(waiter);
        flow.ServedAt = ++_served;
        flow.Running++;
        _running++;
        _dispatched++;
        waiter.TrySetResult(SeatOutcome.Taken);
    }

    private Flow FlowOf(string user)
    {
        if (!_flows.TryGetValue(user, out var flow))
        {
            flow = _spare.TryPop(out var spare) ? spare : new Flow();
            flow.User = user;
            flow.ServedAt = 0;
            _flows.Add(user, flow);
        }

        return flow;
    }

    private void DropIdle(Flow flow)
    {
        if (flow.IsIdle && _flows.Remove(flow.User) && _spare.Count < MaxSpareFlows)
        {
            _spare.Push(flow);
        }
    }
}
