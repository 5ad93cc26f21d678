using System.Diagnostics.Metrics;

namespace KubeFed.ApiServerRuntime.Fairness;

/// <summary>What the limits count, on the meter <c>KubeFed.ApiServerRuntime.Fairness</c>; every measurement carries <c>priority_level</c>.</summary>
internal sealed class FairnessMetrics
{
    public const string MeterName = "KubeFed.ApiServerRuntime.Fairness";

    private readonly Histogram<double> _waits;

    public FairnessMetrics(IMeterFactory meters, Func<IReadOnlyList<PriorityLevel>> levels)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("apiserver_flowcontrol_seats", () => All(levels, static level => level.Seats), description: "Seats of a level.");
        meter.CreateObservableGauge(
            "apiserver_flowcontrol_current_executing_requests", () => All(levels, static level => level.Running), description: "Requests that hold a seat.");
        meter.CreateObservableGauge(
            "apiserver_flowcontrol_current_inqueue_requests", () => All(levels, static level => level.Waiting), description: "Requests that wait for a seat.");
        meter.CreateObservableCounter(
            "apiserver_flowcontrol_dispatched_requests_total", () => All(levels, static level => level.Dispatched), description: "Requests that got a seat.");
        meter.CreateObservableCounter("apiserver_flowcontrol_rejected_requests_total", () => Rejected(levels()), description: "Requests answered 429.");
        _waits = meter.CreateHistogram(
            "apiserver_flowcontrol_request_wait_duration_seconds",
            "s",
            "How long requests waited that found no free seat.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10] });
    }

    public void Waited(PriorityLevel level, TimeSpan time) => _waits.Record(time.TotalSeconds, Tag(level));

    private static KeyValuePair<string, object?> Tag(PriorityLevel level) => new("priority_level", level.Name);

    private static IEnumerable<Measurement<long>> All(Func<IReadOnlyList<PriorityLevel>> levels, Func<PriorityLevel, long> value) =>
        levels().Select(level => new Measurement<long>(value(level), Tag(level)));

    private static IEnumerable<Measurement<long>> Rejected(IReadOnlyList<PriorityLevel> levels)
    {
        foreach (var level in levels)
        {
            yield return new Measurement<long>(level.RefusedFull, Tag(level), new("reason", "queue-full"));
            yield return new Measurement<long>(level.RefusedTimedOut, Tag(level), new("reason", "time-out"));
        }
    }
}
