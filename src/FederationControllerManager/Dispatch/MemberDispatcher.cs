using System.Collections.Concurrent;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.FederationControllerManager.Telemetry;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>
/// The queue of everything to be done in one member: one request at a time per object, a number over all that follows how the member
/// bears it (<see cref="MemberPacer"/>). Types are served in turn, and within a type its namespaces, so that many objects of one do not
/// hold up another; changes of what is there go before what is new. Holds at most one intent per object, the newest. A member that
/// does not answer fills only this queue.
/// </summary>
internal sealed class MemberDispatcher : IDisposable
{
    private readonly string _cluster;
    private readonly DispatchExecutor _executor;
    private readonly DispatcherOptions _options;
    private readonly TimeProvider _time;
    private readonly DispatchMetrics? _metrics;
    private readonly ILogger _logger;
    private readonly KeyedQueue<DispatchKey> _queue;
    private readonly ConcurrentDictionary<DispatchKey, DispatchIntent> _pending = new();
    private readonly ConcurrentDictionary<DispatchKey, DispatchIntent> _begun = new();
    private readonly Lock _gate = new();
    private readonly MemberPacer _pacer;
    private readonly long _started;
    private TaskCompletionSource _changed = NewSignal();
    private int _underWay;

    public MemberDispatcher(
        string cluster, DispatchExecutor executor, DispatcherOptions options, TimeProvider time, FederationMetrics? metrics, ILogger logger)
    {
        _cluster = cluster;
        _metrics = metrics?.Dispatch;
        _executor = executor;
        _options = options;
        _logger = logger;
        _time = time;
        _started = time.GetTimestamp();
        _pacer = new MemberPacer(options);
        var queueOptions = new KeyedQueueOptions<DispatchKey> { TimeProvider = time, Metrics = metrics?.Queues };
        _queue = new KeyedQueue<DispatchKey>($"dispatch-{cluster}", queueOptions.FairBy(static key => key.Type, static key => key.Target.Namespace));
        _metrics?.Register(this);
    }

    /// <summary>The name of the member.</summary>
    public string Cluster => _cluster;

    /// <summary>Told when the member has stopped answering, once until it answers again; must not block.</summary>
    public Action? Suspected { get; set; }

    /// <summary>Intents not yet begun.</summary>
    public int Depth => _pending.Count;

    /// <summary>How many requests may be under way at once, at present.</summary>
    public int Concurrency
    {
        get
        {
            lock (_gate)
            {
                return _pacer.Limit;
            }
        }
    }

    /// <summary>Why nothing is being sent, or null.</summary>
    public string? Obstacle
    {
        get
        {
            lock (_gate)
            {
                return _pacer.IsOpen ? $"cluster \"{_cluster}\" has not been answering; it is tried again shortly"
                    : _pacer.IsPaused(Now) ? $"cluster \"{_cluster}\" refuses requests as too many; it is tried again when it says"
                    : null;
            }
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>Hands out an intent; it takes the place of one for the same object that has not begun.</summary>
    public void Submit(DispatchIntent intent)
    {
        _pending[intent.Key] = intent;
        _queue.Add(intent.Key, intent.IsBulk ? QueuePriority.Low : QueuePriority.Normal);
    }

    /// <summary>Takes back one intent, unless it has begun or a later one took its place. Tells whether it did.</summary>
    public bool TryWithdraw(DispatchIntent intent) =>
        _pending.TryRemove(new KeyValuePair<DispatchKey, DispatchIntent>(intent.Key, intent));

    /// <summary>Takes back what has not begun for a type, when its controller stops.</summary>
    public void Withdraw(string type)
    {
        foreach (var (key, intent) in _begun)
        {
            if (key.Type == type)
            {
                intent.Abandon();
            }
        }

        foreach (var key in _pending.Keys)
        {
            if (key.Type == type)
            {
                _pending.TryRemove(key, out _);
            }
        }
    }

    /// <summary>Notes that the member has answered a health probe well.</summary>
    public void NoteHealthy()
    {
        lock (_gate)
        {
            _pacer.Healthy(Now);
            Signal();
        }
    }

    /// <summary>Works until the first token is cancelled; requests under way go on until the second is.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken aborting)
    {
        Task pump;

        // The requests outlive the reconcile that starts them: its log scope and activity are not theirs.
        using (ExecutionContext.SuppressFlow())
        {
            pump = Task.Run(() => PumpAsync(stopping, aborting), CancellationToken.None);
        }

        await pump;
        await DrainAsync();
    }

    public void Dispose()
    {
        _metrics?.Unregister(this);
        _queue.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task PumpAsync(CancellationToken stopping, CancellationToken aborting)
    {
        try
        {
            while (true)
            {
                await WaitForTurnAsync(stopping);
                if (await _queue.TakeAsync(stopping) is not { HasKey: true } taken)
                {
                    return;
                }

                await BeginAsync(taken.Key, stopping, aborting);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping: what was not begun is found again by the next start.
        }
    }

    private async Task BeginAsync(DispatchKey key, CancellationToken stopping, CancellationToken aborting)
    {
        DispatchIntent? intent = null;
        try
        {
            // The queue may have been empty for long: the member's state may be another than when the wait for a key began.
            await WaitForTurnAsync(stopping);
            _pending.TryRemove(key, out intent);
        }
        finally
        {
            if (intent is null)
            {
                _queue.Done(key);
            }
        }

        if (intent is not null)
        {
            _begun[key] = intent;
            intent.Begin(_time.GetTimestamp());
            lock (_gate)
            {
                _underWay++;
            }

            _ = Task.Run(() => ProcessAsync(intent, aborting), CancellationToken.None);
        }
    }

    private async Task WaitForTurnAsync(CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            Task changed;
            TimeSpan wait;
            lock (_gate)
            {
                if (_pacer.MayBegin(Now, _underWay, out wait))
                {
                    return;
                }

                changed = _changed.Task;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(changed, Task.Delay(wait, _time, either.Token));
            await either.CancelAsync();
        }
    }

    private async Task DrainAsync()
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_underWay == 0)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed;
        }
    }

    private async Task ProcessAsync(DispatchIntent intent, CancellationToken aborting)
    {
        var putsBack = false;
        try
        {
            var outcome = await ExecuteAsync(intent, aborting);
            _metrics?.Ended(_cluster, intent, outcome, _time.GetElapsedTime(intent.BegunAt));
            putsBack = Pace(intent, outcome);
            if (!putsBack)
            {
                Report(intent, outcome);
            }
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            // Stopping: nobody knows whether it was done, and the next start looks.
        }
        finally
        {
            End(intent, putsBack);
        }
    }

    private async Task<DispatchOutcome> ExecuteAsync(DispatchIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return await _executor.ExecuteAsync(intent, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A fault of one request must not end the work of all; it becomes the object's status.
        catch (Exception e)
#pragma warning restore CA1031
        {
            DispatchLog.Faulted(_logger, e, intent.Action, intent.Key, _cluster);
            return DispatchOutcome.Failed(DispatchResult.Failed, $"internal error: {e.Message}");
        }
    }

    /// <summary>Tells the pacer how a request went; returns whether it is to be put back.</summary>
    private bool Pace(DispatchIntent intent, DispatchOutcome outcome)
    {
        var hasOpened = false;
        lock (_gate)
        {
            if (outcome.Result == DispatchResult.Throttled)
            {
                _pacer.Throttled(outcome.RetryAfter, Now);
            }
            else if (outcome.IsUnanswered)
            {
                hasOpened = _pacer.Failed(Now);
            }
            else
            {
                _pacer.Answered(_time.GetElapsedTime(intent.BegunAt), Now, _underWay);
            }
        }

        if (hasOpened)
        {
            DispatchLog.CircuitOpened(_logger, _cluster, outcome.Message);
            Suspected?.Invoke();
        }

        return outcome.Result == DispatchResult.Throttled && intent.TryPutBack(_options.MaxPutBacks);
    }

    private void End(DispatchIntent intent, bool putsBack)
    {
        _begun.TryRemove(new KeyValuePair<DispatchKey, DispatchIntent>(intent.Key, intent));
        if (putsBack && !intent.IsAbandoned && _pending.TryAdd(intent.Key, intent))
        {
            _queue.Add(intent.Key);
        }

        _queue.Done(intent.Key);
        lock (_gate)
        {
            _underWay--;
            Signal();
        }
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private void Report(DispatchIntent intent, DispatchOutcome outcome)
    {
        DispatchLog.Finished(_logger, intent.Action, intent.Key, _cluster, outcome.Result, outcome.Message);
        try
        {
            intent.Sink.OnOutcome(_cluster, intent, outcome);
        }
#pragma warning disable CA1031 // A fault of one controller must not end the work of all.
        catch (Exception e)
#pragma warning restore CA1031
        {
            DispatchLog.Faulted(_logger, e, intent.Action, intent.Key, _cluster);
        }
    }
}
