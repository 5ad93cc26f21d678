using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KubeFed.ControllerRuntime.Queue;

/// <summary>
/// The instruments of every queue of a process, with the tag <c>name</c>. Exposed as Prometheus text they carry the names that
/// dashboards for Kubernetes controllers know: <c>workqueue_depth</c>, <c>workqueue_adds_total</c>,
/// <c>workqueue_queue_duration_seconds</c>, <c>workqueue_work_duration_seconds</c>, <c>workqueue_unfinished_work_seconds</c>,
/// <c>workqueue_longest_running_processor_seconds</c> and <c>workqueue_retries_total</c>.
/// </summary>
public sealed class WorkQueueMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "KubeFed.ControllerRuntime.Queue";

    private static readonly InstrumentAdvice<double> DurationBuckets = new()
    {
        HistogramBucketBoundaries = [1e-5, 1e-4, 1e-3, 5e-3, 1e-2, 5e-2, 0.1, 0.5, 1, 5, 10, 60, 300, 1000],
    };

    private readonly ConcurrentDictionary<IQueueProbe, byte> _queues = new();
    private readonly Counter<long> _adds;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _queueDuration;
    private readonly Histogram<double> _workDuration;

    /// <summary>Makes the instruments; one per process, from the factory that owns the process's meters.</summary>
    public WorkQueueMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _adds = meter.CreateCounter<long>("workqueue.adds", description: "Keys added to the queue.");
        _retries = meter.CreateCounter<long>("workqueue.retries", description: "Keys added again with backoff.");
        _queueDuration = meter.CreateHistogram("workqueue.queue.duration", "s", "How long a key was ready before a worker took it.", tags: null, DurationBuckets);
        _workDuration = meter.CreateHistogram("workqueue.work.duration", "s", "How long a worker kept a key.", tags: null, DurationBuckets);
        meter.CreateObservableGauge("workqueue.depth", () => Observe(static queue => (long)queue.Observe().Depth), description: "Keys ready to be taken.");
        meter.CreateObservableGauge("workqueue.unfinished_work", () => Observe(static queue => queue.Observe().UnfinishedSeconds), "s", "Time spent so far on all keys that workers hold.");
        meter.CreateObservableGauge("workqueue.longest_running_processor", () => Observe(static queue => queue.Observe().LongestSeconds), "s", "The longest time that a worker has held a key it still holds.");
    }

    internal void Register(IQueueProbe queue, KeyValuePair<string, object?> name)
    {
        _queues.TryAdd(queue, 0);
        _adds.Add(0, name);
        _retries.Add(0, name);
    }

    internal void Unregister(IQueueProbe queue) => _queues.TryRemove(queue, out _);

    internal void Added(KeyValuePair<string, object?> name) => _adds.Add(1, name);

    internal void Retried(KeyValuePair<string, object?> name) => _retries.Add(1, name);

    internal void Taken(TimeSpan waited, KeyValuePair<string, object?> name) => _queueDuration.Record(waited.TotalSeconds, name);

    internal void Finished(TimeSpan worked, KeyValuePair<string, object?> name) => _workDuration.Record(worked.TotalSeconds, name);

    private IEnumerable<Measurement<T>> Observe<T>(Func<IQueueProbe, T> value)
        where T : struct
        => _queues.Keys.Select(queue => new Measurement<T>(value(queue), queue.NameTag));
}
