using System.Diagnostics;
using KubeFed.ControllerRuntime.Queue;
using Microsoft.Extensions.Logging;

namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>
/// Runs a reconciler over the keys of a queue: several at once, never one key twice at once, and whatever a reconcile throws ends in a
/// log line, a metric and a retry with backoff.
/// </summary>
/// <remarks>
/// On shutdown it takes no more keys, lets running reconciles finish within a grace period, then cancels them. Keys not yet taken are
/// dropped: their objects are looked at anew when a controller next starts.
/// </remarks>
public sealed class Controller<TKey> : IDisposable
    where TKey : notnull
{
    private readonly IReconciler<TKey> _reconciler;
    private readonly ControllerOptions<TKey> _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Makes a controller that does nothing until <see cref="RunAsync"/>; its queue accepts keys at once.</summary>
    /// <param name="name">The name in logs and metrics, lower case, unique in the process.</param>
    /// <param name="reconciler">What to do with a key.</param>
    /// <param name="logger">Where to log; every line of a reconcile is in a scope of controller, object and reconcileID.</param>
    /// <param name="options">Null stands for the defaults.</param>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    public Controller(string name, IReconciler<TKey> reconciler, ILogger logger, ControllerOptions<TKey>? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(reconciler);
        ArgumentNullException.ThrowIfNull(logger);
        _options = options ?? new ControllerOptions<TKey>();
        if (_options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        Name = name;
        _reconciler = reconciler;
        _logger = logger;
        _time = _options.Queue.TimeProvider;
        Queue = new KeyedQueue<TKey>(name, _options.Queue);
    }

    /// <summary>The name given at construction.</summary>
    public string Name { get; }

    /// <summary>Where watch handlers put the keys to reconcile. Shut down when <see cref="RunAsync"/> ends.</summary>
    public KeyedQueue<TKey> Queue { get; }

    /// <summary>Reconciles until the token is cancelled, then stops in an orderly way. To be called once.</summary>
    /// <returns>
    /// A task that completes, without an exception, when every reconcile has returned or been left behind; at most the grace period plus
    /// <see cref="ControllerOptions{TKey}.AbandonAfter"/> after the cancellation.
    /// </returns>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Log.ControllerStarting(_logger, Name, _options.MaxConcurrentReconciles);
        _options.Metrics?.Started(Name, _options.MaxConcurrentReconciles);
        using var reconciles = new CancellationTokenSource();
        var workers = new Task[_options.MaxConcurrentReconciles];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = Task.Run(() => WorkAsync(cancellationToken, reconciles.Token), CancellationToken.None);
        }

        await StopAsync(Task.WhenAll(workers), reconciles, cancellationToken);
        Queue.Dispose();
        _options.Metrics?.Stopped(Name, _options.MaxConcurrentReconciles);
        Log.ControllerStopped(_logger, Name);
    }

    /// <summary>Shuts the queue down.</summary>
    public void Dispose() => Queue.Dispose();

    private async Task StopAsync(Task workers, CancellationTokenSource reconciles, CancellationToken stopping)
    {
        await workers.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await FinishesWithinAsync(workers, _options.ShutdownGracePeriod))
        {
            return;
        }

        Log.GracePeriodOver(_logger, Name, _options.ShutdownGracePeriod);
        await reconciles.CancelAsync();
        if (!await FinishesWithinAsync(workers, _options.AbandonAfter))
        {
            Log.ReconcilesAbandoned(_logger, Name);
        }
    }

    private async Task<bool> FinishesWithinAsync(Task workers, TimeSpan limit)
    {
        try
        {
            await workers.WaitAsync(limit, _time, CancellationToken.None);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WorkAsync(CancellationToken stopping, CancellationToken aborting)
    {
        while (await TakeAsync(stopping) is { HasKey: true } taken)
        {
            try
            {
                await ProcessAsync(taken.Key, aborting);
            }
            finally
            {
                Queue.Done(taken.Key);
            }
        }
    }

    private async ValueTask<TakenKey<TKey>> TakeAsync(CancellationToken stopping)
    {
        try
        {
            return await Queue.TakeAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return default;
        }
    }

    private async Task ProcessAsync(TKey key, CancellationToken aborting)
    {
        using var scope = _logger.BeginScope(new ReconcileScope<TKey>(Name, key));
        using var activity = ControllerActivities.Start(Name, key);
        _options.Metrics?.ReconcileStarted(Name);
        var started = _time.GetTimestamp();
        try
        {
            Succeeded(key, await ReconcileAsync(key, aborting));
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            Log.ReconcileCancelled(_logger);
        }
#pragma warning disable CA1031 // Whatever a reconciler throws must not take the controller down.
        catch (Exception error)
#pragma warning restore CA1031
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
            Failed(key, error);
        }
        finally
        {
            _options.Metrics?.ReconcileFinished(Name, _time.GetElapsedTime(started));
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(TKey key, CancellationToken aborting)
    {
        if (_options.ReconcileTimeout == Timeout.InfiniteTimeSpan)
        {
            return await _reconciler.ReconcileAsync(key, aborting);
        }

        using var timeout = new CancellationTokenSource(_options.ReconcileTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborting, timeout.Token);
        try
        {
            return await _reconciler.ReconcileAsync(key, either.Token);
        }
        catch (OperationCanceledException cancelled) when (timeout.IsCancellationRequested && !aborting.IsCancellationRequested)
        {
            throw new ReconcileTimeoutException($"the reconcile took longer than {_options.ReconcileTimeout}", cancelled);
        }
    }

    private void Succeeded(TKey key, ReconcileResult result)
    {
        var delay = result.Delay;
        switch (result.Outcome)
        {
            case ReconcileOutcome.Requeue:
                delay = Queue.AddRateLimited(key);
                break;
            case ReconcileOutcome.RequeueAfter:
                Queue.Forget(key);
                Queue.AddAfter(key, delay);
                break;
            default:
                Queue.Forget(key);
                break;
        }

        _options.Metrics?.Succeeded(Name, result.Outcome);
        Log.Reconciled(_logger, result.Outcome, delay);
    }

    private void Failed(TKey key, Exception error)
    {
        _options.Metrics?.Failed(Name, error);
        if (error is TerminalException)
        {
            Queue.Forget(key);
            Log.ReconcileFailedForGood(_logger, error);
        }
        else
        {
            Log.ReconcileFailed(_logger, error, Queue.AddRateLimited(key));
        }
    }
}
