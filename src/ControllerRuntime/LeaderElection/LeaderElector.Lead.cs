namespace KubeFed.ControllerRuntime.LeaderElection;

public sealed partial class LeaderElector
{
    private const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>Leads until the work ends, true, or the lease is lost, false.</summary>
    private async Task<bool> LeadAsync(HeldLease held, Func<CancellationToken, Task> onStartedLeading, CancellationToken stopping)
    {
        if (Remaining(held) <= TimeSpan.Zero)
        {
            return false;
        }

        using var lost = new CancellationTokenSource(Remaining(held), _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost.Token);
        KeepUntilDeadline(held);
        _options.Metrics?.BeganToLead(_lock.Name);
        Log.LeadingStarted(_logger, _options.Identity, _lock.Name);
        var work = StartAsync(onStartedLeading, ending.Token);

        held = await RenewWhileWorkingAsync(work, held, lost);
        var isLost = lost.IsCancellationRequested;
        StopLeading(isLost);
        await work.ConfigureAwait(Quietly);
        if (!isLost)
        {
            await ReleaseAsync(held);
            stopping.ThrowIfCancellationRequested();
            await work;
            return true;
        }

        if (work.Exception?.InnerException is { } error)
        {
            Log.WorkFailed(_logger, error, _lock.Name);
        }

        return false;
    }

    private static async Task StartAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await work(cancellationToken);
    }

    private async Task<HeldLease> RenewWhileWorkingAsync(Task work, HeldLease held, CancellationTokenSource lost)
    {
        while (true)
        {
            await work.WaitAsync(_options.RetryPeriod, _time, lost.Token).ConfigureAwait(Quietly);
            if (work.IsCompleted || lost.IsCancellationRequested)
            {
                return held;
            }

            var renewed = await TryRenewAsync(held, lost);
            if (renewed is not { } next)
            {
                continue;
            }

            var remaining = Remaining(next);
            if (lost.IsCancellationRequested || remaining <= TimeSpan.Zero)
            {
                continue;
            }

            lost.CancelAfter(remaining);
            held = next;
            if (!lost.IsCancellationRequested)
            {
                KeepUntilDeadline(held);
            }
        }
    }

    private async Task<HeldLease?> TryRenewAsync(HeldLease held, CancellationTokenSource lost)
    {
        try
        {
            return await GuardAsync(token => RenewAsync(held, lost, token), lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<HeldLease?> RenewAsync(HeldLease held, CancellationTokenSource lost, CancellationToken cancellationToken)
    {
        if (await WriteAsync(held.Snapshot, cancellationToken) is { } renewed)
        {
            return renewed;
        }

        _options.Metrics?.ReadAgain(_lock.Name);
        var current = await _lock.GetAsync(cancellationToken);
        Observe(current);
        if (current is not null && current.Record.HolderIdentity != _options.Identity)
        {
            Volatile.Write(ref _leadUntil, long.MinValue);
            lost.CancelAfter(TimeSpan.Zero);
            return null;
        }

        return await WriteAsync(current, cancellationToken);
    }

    private void KeepUntilDeadline(HeldLease held) =>
        Volatile.Write(ref _leadUntil, held.RenewedAt + (long)(_options.RenewDeadline.TotalSeconds * _time.TimestampFrequency));

    private TimeSpan Remaining(HeldLease held) => _options.RenewDeadline - _time.GetElapsedTime(held.RenewedAt);

    private void StopLeading(bool isLost)
    {
        Volatile.Write(ref _leadUntil, long.MinValue);
        _options.Metrics?.StoppedLeading(_lock.Name);
        if (isLost)
        {
            Log.LeaseLost(_logger, _lock.Name);
        }
    }

    private async Task ReleaseAsync(HeldLease held)
    {
        if (!_options.ReleaseOnStop)
        {
            return;
        }

        var now = _time.GetUtcNow();
        var record = held.Snapshot.Record with { HolderIdentity = "", LeaseDurationSeconds = 1, AcquireTime = now, RenewTime = now };
        using var timeout = new CancellationTokenSource(_options.RenewDeadline / 2, _time);
        try
        {
            if (await _lock.TryUpdateAsync(record, held.Snapshot.Version, timeout.Token) is not null)
            {
                Log.LeaseReleased(_logger, _lock.Name);
            }
        }
#pragma warning disable CA1031 // The lease expires if it cannot be released.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.LeaseReleaseFailed(_logger, error, _lock.Name);
        }
    }
}
