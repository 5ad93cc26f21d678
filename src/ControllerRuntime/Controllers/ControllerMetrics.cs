using System.Diagnostics.Metrics;

namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>
/// The instruments of every controller of a process, with the tag <c>controller</c>. Exposed as Prometheus text:
/// <c>controller_runtime_reconcile_total{controller,result=success|error|requeue|requeue_after}</c>,
/// <c>controller_runtime_reconcile_errors_total</c>, <c>controller_runtime_terminal_reconcile_errors_total</c>,
/// <c>controller_runtime_reconcile_timeouts_total</c>, <c>controller_runtime_reconcile_time_seconds</c>,
/// <c>controller_runtime_active_workers</c> and <c>controller_runtime_max_concurrent_reconciles</c>. Counters exist from a
/// controller's start, at zero.
/// </summary>
public sealed class ControllerMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "KubeFed.ControllerRuntime.Controllers";

    private static readonly InstrumentAdvice<double> TimeBuckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private static readonly string[] ResultTags = ["success", "error", "requeue", "requeue_after"];

    private readonly Counter<long> _total;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _terminalErrors;
    private readonly Counter<long> _timeouts;
    private readonly Histogram<double> _time;
    private readonly UpDownCounter<long> _activeWorkers;
    private readonly UpDownCounter<long> _maxConcurrent;

    /// <summary>Makes the instruments; one per process, from the factory that owns the process's meters.</summary>
    public ControllerMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _total = meter.CreateCounter<long>("controller_runtime.reconcile", description: "Reconciles by controller and result.");
        _errors = meter.CreateCounter<long>("controller_runtime.reconcile_errors", description: "Reconciles that failed.");
        _terminalErrors = meter.CreateCounter<long>("controller_runtime.terminal_reconcile_errors", description: "Reconciles that failed and are not retried.");
        _timeouts = meter.CreateCounter<long>("controller_runtime.reconcile_timeouts", description: "Reconciles that were cancelled because they took too long.");
        _time = meter.CreateHistogram("controller_runtime.reconcile_time", "s", "How long reconciles take.", tags: null, TimeBuckets);
        _activeWorkers = meter.CreateUpDownCounter<long>("controller_runtime.active_workers", description: "Reconciles running now.");
        _maxConcurrent = meter.CreateUpDownCounter<long>("controller_runtime.max_concurrent_reconciles", description: "How many reconciles may run at once.");
    }

    internal void Started(string controller, int maxConcurrent)
    {
        var tag = Tag(controller);
        foreach (var result in ResultTags)
        {
            _total.Add(0, tag, new KeyValuePair<string, object?>("result", result));
        }

        _errors.Add(0, tag);
        _terminalErrors.Add(0, tag);
        _timeouts.Add(0, tag);
        _activeWorkers.Add(0, tag);
        _maxConcurrent.Add(maxConcurrent, tag);
    }

    internal void Stopped(string controller, int maxConcurrent) => _maxConcurrent.Add(-maxConcurrent, Tag(controller));

    internal void ReconcileStarted(string controller) => _activeWorkers.Add(1, Tag(controller));

    internal void ReconcileFinished(string controller, TimeSpan took)
    {
        var tag = Tag(controller);
        _activeWorkers.Add(-1, tag);
        _time.Record(took.TotalSeconds, tag);
    }

    internal void Succeeded(string controller, ReconcileOutcome outcome) => _total.Add(1, Tag(controller), new KeyValuePair<string, object?>("result", outcome switch
    {
        ReconcileOutcome.Requeue => "requeue",
        ReconcileOutcome.RequeueAfter => "requeue_after",
        _ => "success",
    }));

    internal void Failed(string controller, Exception error)
    {
        var tag = Tag(controller);
        _total.Add(1, tag, new KeyValuePair<string, object?>("result", "error"));
        _errors.Add(1, tag);
        if (error is TerminalException)
        {
            _terminalErrors.Add(1, tag);
        }
        else if (error is ReconcileTimeoutException)
        {
            _timeouts.Add(1, tag);
        }
    }

    private static KeyValuePair<string, object?> Tag(string controller) => new("controller", controller);
}
