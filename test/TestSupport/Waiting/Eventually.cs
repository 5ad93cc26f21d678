using System.Diagnostics;
using NUnit.Framework.Internal;

namespace KubeFed.TestSupport.Waiting;

/// <summary>
/// Waits for a condition of something that runs on its own (a server, a process, a controller), for a bounded time, and says at the end
/// what was last seen. Code under a fake clock is to be driven by the clock instead.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a wait lasts where the caller names no time: 30 seconds.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a condition holds; fails the test if it does not in time.</summary>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="because">What is waited for, for the message.</param>
    /// <param name="timeout">How long; default <see cref="DefaultTimeout"/>.</param>
    /// <param name="lastSeen">Describes the state for the message of a failure.</param>
    public static Task True(Func<bool> condition, string because, TimeSpan? timeout = null, Func<string>? lastSeen = null) =>
        GetAsync(() => Task.FromResult(condition()), static seen => seen, because, timeout, seen => lastSeen?.Invoke() ?? $"{seen}");

    /// <summary>Waits until an asynchronous condition holds; fails the test if it does not in time.</summary>
    /// <inheritdoc cref="True(Func{bool}, string, TimeSpan?, Func{string})"/>
    public static Task True(Func<Task<bool>> condition, string because, TimeSpan? timeout = null, Func<string>? lastSeen = null) =>
        GetAsync(condition, static seen => seen, because, timeout, seen => lastSeen?.Invoke() ?? $"{seen}");

    /// <summary>Waits until a value equals the expected one; fails the test, naming the last value, if it does not in time.</summary>
    public static Task Equal<T>(T expected, Func<T> actual, string because, TimeSpan? timeout = null) =>
        Equal(expected, () => Task.FromResult(actual()), because, timeout);

    /// <summary>Waits until a value equals the expected one; fails the test, naming the last value, if it does not in time.</summary>
    public static Task Equal<T>(T expected, Func<Task<T>> actual, string because, TimeSpan? timeout = null) =>
        GetAsync(actual, seen => EqualityComparer<T>.Default.Equals(seen, expected), $"{because} (expected: {expected})", timeout);

    /// <summary>Waits until a block of assertions passes; fails the test with the block's last message if it does not in time.</summary>
    public static async Task Passes(Func<Task> assertions, string because, TimeSpan? timeout = null) =>
        await GetAsync(() => TryAsync(assertions), static seen => seen is null, because, timeout, static seen => seen?.Message ?? "");

    /// <summary>
    /// Probes until a value is as wanted, and returns it. An exception of the probe counts as "not yet" and is told at the end, except
    /// for a failed assertion's.
    /// </summary>
    /// <param name="probe">Gets the current value.</param>
    /// <param name="done">Whether the value is as wanted.</param>
    /// <param name="because">What is waited for, for the message.</param>
    /// <param name="timeout">How long; default <see cref="DefaultTimeout"/>.</param>
    /// <param name="describe">Turns the last value into text; default <c>ToString</c>.</param>
    public static async Task<T> GetAsync<T>(
        Func<Task<T>> probe, Func<T, bool> done, string because, TimeSpan? timeout = null, Func<T, string>? describe = null)
    {
        var limit = timeout ?? DefaultTimeout;
        var watch = Stopwatch.StartNew();
        var lastSeen = "nothing";
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var value = await probe().WaitAsync(Remaining(limit, watch));
                if (done(value))
                {
                    return value;
                }

                lastSeen = describe?.Invoke(value) ?? value?.ToString() ?? "null";
            }
            catch (Exception e) when (e is not ResultStateException)
            {
                lastSeen = $"{e.GetType().Name}: {e.Message}";
            }

            if (watch.Elapsed >= limit)
            {
                throw new AssertionException($"after {limit.TotalSeconds:0.#} s still waiting for: {because}\nlast seen: {lastSeen}");
            }

            await Task.Delay(pause, TimeProvider.System);
        }
    }

    // A probe that hangs must not outlive the wait, and one that starts at the limit still gets a moment.
    private static TimeSpan Remaining(TimeSpan limit, Stopwatch watch)
    {
        var remaining = limit - watch.Elapsed;
        return remaining > TimeSpan.FromSeconds(1) ? remaining : TimeSpan.FromSeconds(1);
    }

    // NUnit writes a failed assertion down even when it is caught, unless it happens in a context of its own.
    private static async Task<Exception?> TryAsync(Func<Task> assertions)
    {
        using var isolated = new TestExecutionContext.IsolatedContext();
        try
        {
            await assertions();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
