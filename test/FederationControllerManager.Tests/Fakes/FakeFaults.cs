using KubeFed.ApiMachinery.Errors;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>What goes wrong with a <see cref="FakeCluster"/>. Each may be set and taken back at any time, while requests are under way.</summary>
internal sealed class FakeFaults(TimeProvider time)
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private int _lostAnswers;
    private int _refusals;
    private int _underWay;
    private volatile TaskCompletionSource? _stall;
    private Func<string, string, Exception?> _refusal = static (_, _) => null;

    /// <summary>Nobody listens: every request fails at once, open watches stay silent.</summary>
    public bool IsDown { get; set; }

    /// <summary>How long each request takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Requests under way.</summary>
    public int UnderWay => _underWay;

    /// <summary>The most requests that were under way at once.</summary>
    public int MostUnderWay { get; private set; }

    /// <summary>Requests that were refused.</summary>
    public int Refusals => _refusals;

    /// <summary>Accepts requests and does not answer them, until the returned hold is disposed; the client gives up after its 30 s.</summary>
    public IDisposable Stall()
    {
        var stall = _stall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new Hold(() =>
        {
            _stall = null;
            stall.TrySetResult();
        });
    }

    /// <summary>Answers verb and name with an error, where the function gives one.</summary>
    public void RefuseWith(Func<string, string, Exception?> refusal) => _refusal = refusal;

    /// <summary>Refuses nothing any more.</summary>
    public void RefuseNothing() => _refusal = static (_, _) => null;

    /// <summary>The next writes are done, but their answers break off half way.</summary>
    public void LoseAnswers(int count) => _lostAnswers = count;

    public async Task BeforeAsync(string verb, string name, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new HttpRequestException("connection refused");
        }

        if (verb == "watch")
        {
            return;
        }

        lock (_lock)
        {
            _underWay++;
            MostUnderWay = Math.Max(MostUnderWay, _underWay);
        }

        try
        {
            if (_stall is { } stall)
            {
                await WaitForAnswerAsync(stall, verb, cancellationToken);
            }

            if (Latency > TimeSpan.Zero)
            {
                await Task.Delay(Latency, time, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    public void Refuse(string verb, string name)
    {
        if (_refusal(verb, name) is { } error)
        {
            Interlocked.Increment(ref _refusals);
            throw error;
        }
    }

    public async Task AfterAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Decrement(ref _lostAnswers) >= 0)
        {
            throw new IOException("the connection was closed before the answer was complete");
        }

        Interlocked.CompareExchange(ref _lostAnswers, 0, -1);
    }

    private async Task WaitForAnswerAsync(TaskCompletionSource stall, string verb, CancellationToken cancellationToken)
    {
        try
        {
            await stall.Task.WaitAsync(RequestTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw StatusErrors.Timeout($"{verb}: no answer within {RequestTimeout}", 0);
        }
    }

    private sealed class Hold(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
