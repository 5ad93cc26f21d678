namespace KubeFed.KubeClient.Informers;

/// <summary>
/// Waits of 0.8 s, doubling to at most 30 s, each stretched by a random factor of 1 to 2; begins anew after two minutes
/// without a failure. The figures are client-go's. One thread waits; any may hurry it.
/// </summary>
internal sealed class Backoff(TimeProvider time, Random random)
{
    private static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ResetAfter = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private TimeSpan _next = Initial;
    private long? _lastEnd;
    private TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The next wait, at least as long as the server asks for, up to a minute of that.</summary>
    public TimeSpan Next(TimeSpan? asked)
    {
        TimeSpan wait;
        lock (_lock)
        {
            if (_lastEnd is { } end && time.GetElapsedTime(end) >= ResetAfter)
            {
                _next = Initial;
            }

            wait = _next * (1 + random.NextDouble());
            _next = _next * 2 < Cap ? _next * 2 : Cap;
        }

        var bounded = asked > TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : asked;
        return bounded > wait ? bounded.Value : wait;
    }

    /// <summary>Waits, for less where somebody is in a hurry, and notes when the wait ended.</summary>
    public async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Renew().Task, Task.Delay(wait, time, ended.Token));
        await ended.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        _lastEnd = time.GetTimestamp();
    }

    /// <summary>Ends the present wait, and begins anew with short ones.</summary>
    public void Hurry()
    {
        lock (_lock)
        {
            _next = Initial;
            _hurry.TrySetResult();
        }
    }

    private TaskCompletionSource Renew()
    {
        lock (_lock)
        {
            return _hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
