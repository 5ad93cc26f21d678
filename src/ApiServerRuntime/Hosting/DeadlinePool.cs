using System.Collections.Concurrent;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Keeps the timers of requests for reuse: most requests end long before their time is up.</summary>
internal sealed class DeadlinePool(TimeProvider time)
{
    private const int MaxKept = 512;
    private readonly ConcurrentQueue<CancellationTokenSource> _kept = new();

    public CancellationTokenSource Rent(TimeSpan timeout)
    {
        if (_kept.TryDequeue(out CancellationTokenSource? source))
        {
            source.CancelAfter(timeout);
            return source;
        }

        return new CancellationTokenSource(timeout, time);
    }

    public void Return(CancellationTokenSource source)
    {
        if (_kept.Count < MaxKept && source.TryReset())
        {
            _kept.Enqueue(source);
        }
        else
        {
            source.Dispose();
        }
    }
}
