using System.Diagnostics;

namespace KubeFed.TestSupport.Time;

/// <summary>Bounded waits on conditions that other threads bring about.</summary>
public static class Eventually
{
    /// <summary>The time after which a wait fails; far longer than anything waited for takes on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the condition holds, looking again each time other work has had the thread.</summary>
    /// <param name="condition">What must become true.</param>
    /// <param name="lastSeen">What to tell when it does not.</param>
    public static async Task HoldsAsync(Func<bool> condition, Func<string> lastSeen)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException($"Not within {Limit}; last seen: {lastSeen()}");
            }

            await Task.Yield();
        }
    }
}
