namespace KubeFed.KubeClient.Dynamic;

/// <summary>The end of a call's time, joined with the caller's own token.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _both;
    private readonly TimeProvider _time;
    private readonly TimeSpan _length;
    private readonly long _start;

    public Deadline(TimeSpan length, TimeProvider time, CancellationToken caller)
    {
        _time = time;
        _length = length;
        _start = time.GetTimestamp();
        _timer = new CancellationTokenSource(length, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    public CancellationToken Token => _both.Token;

    public TimeSpan Remaining => _length - _time.GetElapsedTime(_start);

    public void Dispose()
    {
        _both.Dispose();
        _timer.Dispose();
    }
}
