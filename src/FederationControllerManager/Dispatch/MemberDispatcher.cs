using System.Collections.Concurrent;
using KubeFed.ControllerRuntime.Queue;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>
/// The queue of everything to be done in one member: one request at a time per object, a bounded number over all, types
/// served in turn so that many objects of one do not hold up another. Holds at most one intent per object, the newest. A
/// member that does not answer fills only this queue; after enough failures its circuit opens and intents fail at once.
/// </summary>
internal sealed class MemberDispatcher : IDisposable
{
    private readonly string _cluster;
    private readonly DispatchExecutor _executor;
    private readonly DispatcherOptions _options;
    private readonly ILogger _logger;
    private readonly KeyedQueue<DispatchKey> _queue;
    private readonly ConcurrentDictionary<DispatchKey, DispatchIntent> _pending = new();
    private readonly ResiliencePipeline<DispatchOutcome> _circuit;
    private readonly TimeProvider _time;

    public MemberDispatcher(
        string cluster, DispatchExecutor executor, DispatcherOptions options, TimeProvider time, WorkQueueMetrics? metrics, ILogger logger)
    {
        _cluster = cluster;
        _executor = executor;
        _options = options;
        _logger = logger;
        _time = time;
        var queueOptions = new KeyedQueueOptions<DispatchKey> { TimeProvider = time, Metrics = metrics };
        _queue = new KeyedQueue<DispatchKey>($"dispatch-{cluster}", queueOptions.FairBy(static key => key.Type));
        _circuit = BuildCircuit(options, time);
    }

    /// <summary>Intents not yet begun.</summary>
    public int Depth => _pending.Count;

    /// <summary>Hands out an intent; it takes the place of one for the same object that has not begun.</summary>
    public void Submit(DispatchIntent intent)
    {
        _pending[intent.Key] = intent;
        _queue.Add(intent.Key);
    }

    /// <summary>Takes back one intent, unless it has begun or a later one took its place. Tells whether it did.</summary>
    public bool TryWithdraw(DispatchIntent intent) =>
        _pending.TryRemove(new KeyValuePair<DispatchKey, DispatchIntent>(intent.Key, intent));

    /// <summary>Takes back what has not begun for a type, when its controller stops.</summary>
    public void Withdraw(string type)
    {
        foreach (var key in _pending.Keys)
        {
            if (key.Type == type)
            {
                _pending.TryRemove(key, out _);
            }
        }
    }

    /// <summary>Works until the first token is cancelled; requests under way go on until the second is.</summary>
    public Task RunAsync(CancellationToken stopping, CancellationToken aborting)
    {
        // The workers outlive the reconcile that starts them: its log scope and activity are not theirs.
        using var _ = ExecutionContext.SuppressFlow();
        return Task.WhenAll(Enumerable.Range(0, _options.MaxConcurrentRequests)
            .Select(_ => Task.Run(() => WorkAsync(stopping, aborting), CancellationToken.None))
            .ToArray());
    }

    public void Dispose() => _queue.Dispose();

    private static ResiliencePipeline<DispatchOutcome> BuildCircuit(DispatcherOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<DispatchOutcome> { TimeProvider = time };
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<DispatchOutcome>
        {
            ShouldHandle = static args => new ValueTask<bool>(
                args.Outcome.Result.Result is DispatchResult.Unreachable or DispatchResult.TimedOut),
            FailureRatio = 0.9,
            MinimumThroughput = options.CircuitThreshold,
            SamplingDuration = options.CircuitWindow,
            BreakDuration = options.CircuitBreak,
        });
        return builder.Build();
    }

    private async Task WorkAsync(CancellationToken stopping, CancellationToken aborting)
    {
        try
        {
            while (await _queue.TakeAsync(stopping) is { HasKey: true } taken)
            {
                try
                {
                    await ProcessAsync(taken.Key, aborting);
                }
                finally
                {
                    _queue.Done(taken.Key);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping: what was not begun is found again by the next start.
        }
    }

    private async Task ProcessAsync(DispatchKey key, CancellationToken cancellationToken)
    {
        if (!_pending.TryRemove(key, out var intent))
        {
            return;
        }

        intent.Begin(_time.GetTimestamp());
        DispatchOutcome outcome;
        try
        {
            outcome = await ExecuteAsync(intent, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A fault of one request must not end a worker; it becomes the object's status.
        catch (Exception e)
#pragma warning restore CA1031
        {
            DispatchLog.Faulted(_logger, e, intent.Action, key, _cluster);
            outcome = DispatchOutcome.Failed(DispatchResult.Failed, $"internal error: {e.Message}");
        }

        Report(intent, outcome);
    }

    private void Report(DispatchIntent intent, DispatchOutcome outcome)
    {
        DispatchLog.Finished(_logger, intent.Action, intent.Key, _cluster, outcome.Result, outcome.Message);
        try
        {
            intent.Sink.OnOutcome(_cluster, intent, outcome);
        }
#pragma warning disable CA1031 // A fault of one controller must not end a worker that serves all.
        catch (Exception e)
#pragma warning restore CA1031
        {
            DispatchLog.Faulted(_logger, e, intent.Action, intent.Key, _cluster);
        }
    }

    private async Task<DispatchOutcome> ExecuteAsync(DispatchIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return await _circuit.ExecuteAsync(
                static async (state, token) => await state._executor.ExecuteAsync(state.intent, token), (_executor, intent), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            return DispatchOutcome.Failed(DispatchResult.CircuitOpen, $"cluster \"{_cluster}\" has not been answering; it is tried again shortly");
        }
    }
}
