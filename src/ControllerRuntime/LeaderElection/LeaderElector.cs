using Microsoft.Extensions.Logging;

namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>
/// Runs work in at most one of several processes, by a lease that the leader keeps renewing and that another may take once it has seen no
/// renewal for the lease's duration.
/// </summary>
/// <remarks>
/// <para>Clocks need not agree, only run at about the same speed: a candidate counts the lease's duration from when it last <em>saw</em> the
/// lease change, and the leader counts its renew deadline, which is shorter, from when it <em>began</em> its last successful renewal. So the
/// leader has cancelled its work before anybody else can lead, as long as no clock runs faster than another by the ratio of the two.</para>
/// <para>After a lost lease, and when its work has ended, the elector enters the race again.</para>
/// </remarks>
public sealed partial class LeaderElector
{
    private readonly ILeaseLock _lock;
    private readonly LeaderElectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private LeaseSnapshot? _seen;
    private long _seenAt;
    private long _leadUntil = long.MinValue;

    /// <summary>Makes an elector that does nothing until <see cref="RunAsync"/>.</summary>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    public LeaderElector(ILeaseLock leaseLock, LeaderElectionOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(leaseLock);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        _lock = leaseLock;
        _options = options;
        _time = options.TimeProvider;
        _logger = logger;
    }

    /// <summary>
    /// Whether this process leads now. Judged by the clock at the moment of asking, so a process that was suspended beyond its deadline
    /// answers false even before its work's token is cancelled.
    /// </summary>
    public bool IsLeader => _time.GetTimestamp() < Volatile.Read(ref _leadUntil);

    /// <summary>The identity that was last seen to hold the lease; null before the first look, empty when nobody holds it.</summary>
    public string? ObservedLeader => Volatile.Read(ref _seen)?.Record.HolderIdentity;

    /// <summary>
    /// Races for the lease and runs the work while it is held, again and again until the token is cancelled or the work ends by itself.
    /// To be called once.
    /// </summary>
    /// <param name="onStartedLeading">
    /// The leader's work. Its token is cancelled when the lease is lost or the elector is stopped; it must then return soon, and write nothing
    /// more, for the elector waits for it before it races again. While it winds up on a stop, the lease is kept.
    /// </param>
    /// <param name="cancellationToken">Stops the elector; it then releases the lease if the options say so, and returns normally.</param>
    /// <returns>A task that ends with the work's exception, if the work threw while it led.</returns>
    public async Task RunAsync(Func<CancellationToken, Task> onStartedLeading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onStartedLeading);
        _options.Metrics?.Started(_lock.Name);
        try
        {
            do
            {
                Log.LeaseWanted(_logger, _lock.Name, _options.Identity);
            }
            while (!await LeadAsync(await AcquireAsync(cancellationToken), onStartedLeading, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<HeldLease> AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await GuardAsync(TryAcquireAsync, cancellationToken) is { } held)
            {
                return held;
            }

            var wait = _options.RetryPeriod * (1 + (LeaderElectionOptions.JitterFactor * _options.Random.NextDouble()));
            await Task.Delay(wait, _time, cancellationToken);
        }
    }

    private async Task<HeldLease?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        var current = await _lock.GetAsync(cancellationToken);
        Observe(current);
        if (current is not null && !IsFree(current.Record))
        {
            return null;
        }

        return await WriteAsync(current, cancellationToken);
    }

    private bool IsFree(LeaseRecord record) =>
        record.HolderIdentity.Length == 0
        || record.HolderIdentity == _options.Identity
        || _time.GetElapsedTime(_seenAt) > TimeSpan.FromSeconds(record.LeaseDurationSeconds);

    private async Task<HeldLease?> WriteAsync(LeaseSnapshot? current, CancellationToken cancellationToken)
    {
        var record = Renewed(current?.Record);
        var startedAt = _time.GetTimestamp();
        var written = current is null
            ? await _lock.TryCreateAsync(record, cancellationToken)
            : await _lock.TryUpdateAsync(record, current.Version, cancellationToken);
        if (written is null)
        {
            return null;
        }

        Observe(written);
        return new HeldLease(written, startedAt);
    }

    private LeaseRecord Renewed(LeaseRecord? current)
    {
        var now = _time.GetUtcNow();
        var isOurs = current?.HolderIdentity == _options.Identity;
        return new LeaseRecord
        {
            HolderIdentity = _options.Identity,
            LeaseDurationSeconds = (int)_options.LeaseDuration.TotalSeconds,
            AcquireTime = isOurs ? current!.AcquireTime : now,
            RenewTime = now,
            LeaseTransitions = current is null ? 0 : current.LeaseTransitions + (isOurs ? 0 : 1),
        };
    }

    private void Observe(LeaseSnapshot? snapshot)
    {
        if (snapshot?.Version == _seen?.Version)
        {
            return;
        }

        if (snapshot is not null && snapshot.Record.HolderIdentity != _seen?.Record.HolderIdentity)
        {
            Log.HolderChanged(_logger, _lock.Name, snapshot.Record.HolderIdentity);
        }

        _seenAt = _time.GetTimestamp();
        Volatile.Write(ref _seen, snapshot);
    }

    /// <summary>Makes one try, bounded in time; null when it failed.</summary>
    private async Task<HeldLease?> GuardAsync(Func<CancellationToken, Task<HeldLease?>> attempt, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RenewDeadline / 2, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await attempt(either.Token);
        }
#pragma warning disable CA1031 // A candidate keeps trying whatever fails.
        catch (Exception error)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            Log.LeaseTryFailed(_logger, error, _lock.Name);
            return null;
        }
    }
}
