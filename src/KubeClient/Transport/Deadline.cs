namespace KubeFed.KubeClient.Transport;

/// <summary>
/// The end of a call's time, joined with the caller's own token. It stands still while a person or a program is asked for credentials:
/// that is not the server's time. Used by one call at a time.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private static readonly HttpRequestOptionsKey<Deadline> Key = new("KubeFed.Deadline");

    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _both;
    private readonly TimeProvider _time;
    private TimeSpan _left;
    private long _start;

    public Deadline(TimeSpan length, TimeProvider time, CancellationToken caller)
    {
        _time = time;
        _left = length;
        _start = time.GetTimestamp();
        _timer = new CancellationTokenSource(length, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    public CancellationToken Token => _both.Token;

    public TimeSpan Remaining => _left - _time.GetElapsedTime(_start);

    /// <summary>The deadline that a request is sent under, if its sender said so.</summary>
    public static Deadline? Of(HttpRequestMessage request) => request.Options.TryGetValue(Key, out var deadline) ? deadline : null;

    /// <summary>Lets the transport know that the request is sent under this deadline.</summary>
    public void Govern(HttpRequestMessage request) => request.Options.Set(Key, this);

    /// <summary>Waits for something that does not count. The wait ends early by the caller's token only.</summary>
    public async ValueTask<T> ExceptAsync<T>(ValueTask<T> wait)
    {
        _left = Remaining;
        _timer.CancelAfter(Timeout.InfiniteTimeSpan);
        try
        {
            return await wait;
        }
        finally
        {
            _start = _time.GetTimestamp();
            _timer.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
        }
    }

    public void Dispose()
    {
        _both.Dispose();
        _timer.Dispose();
    }
}
