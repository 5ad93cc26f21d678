using KubeFed.ControllerRuntime.LeaderElection;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ControllerRuntime.Tests.LeaderElection;

/// <summary>One simulated process that races for the lease, with a clock of its own.</summary>
internal sealed class Candidate : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private CancellationToken? _working;

    public Candidate(string identity, MemoryLease lease, int seed, TimeSpan skew = default)
    {
        Clock = new FakeClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + skew);
        Lock = new FaultyLock(lease, Clock);
        Elector = new LeaderElector(Lock, new() { Identity = identity, TimeProvider = Clock, Random = new Random(seed) }, NullLogger.Instance);
    }

    public FakeClock Clock { get; }

    public FaultyLock Lock { get; }

    public LeaderElector Elector { get; }

    public Task Run { get; private set; } = Task.CompletedTask;

    public int Terms { get; private set; }

    /// <summary>How long the work takes to end once it is told to.</summary>
    public TimeSpan WindUp { get; set; }

    public Func<CancellationToken, Task>? Work { get; init; }

    /// <summary>Whether the work runs and has not been told to stop.</summary>
    public bool IsActive => _working is { IsCancellationRequested: false };

    public void Start() => Run = Elector.RunAsync(WorkAsync, _stop.Token);

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        Terms++;
        _working = cancellationToken;
        try
        {
            await (Work?.Invoke(cancellationToken) ?? Task.Delay(Timeout.InfiniteTimeSpan, Clock, cancellationToken));
        }
        catch (OperationCanceledException) when (WindUp > TimeSpan.Zero)
        {
            await Task.Delay(WindUp, Clock, CancellationToken.None);
        }
        finally
        {
            _working = null;
        }
    }
}
