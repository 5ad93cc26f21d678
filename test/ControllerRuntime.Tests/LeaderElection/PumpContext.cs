using KubeFed.TestSupport.Time;

namespace KubeFed.ControllerRuntime.Tests.LeaderElection;

/// <summary>Runs all continuations on the test's own thread, when the test says so: a simulation that is the same every time.</summary>
internal sealed class PumpContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_queue)
        {
            _queue.Enqueue((d, state));
        }
    }

    public void RunUntilIdle()
    {
        while (TryTake(out var item))
        {
            item.Callback(item.State);
        }
    }

    /// <summary>
    /// Moves a clock as one leap: what its timers resume runs only afterwards, as in a process that was suspended. (On this context itself
    /// continuations would run inside the timers' callbacks.)
    /// </summary>
    public static void Leap(FakeClock clock, TimeSpan by)
    {
        var current = Current;
        SetSynchronizationContext(null);
        try
        {
            clock.Advance(by);
        }
        finally
        {
            SetSynchronizationContext(current);
        }
    }

    private bool TryTake(out (SendOrPostCallback Callback, object? State) item)
    {
        lock (_queue)
        {
            return _queue.TryDequeue(out item);
        }
    }
}
