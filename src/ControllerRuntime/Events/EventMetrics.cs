using System.Diagnostics.Metrics;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>
/// Counts recorded events: <c>event_recorder_events_total</c> with the tag <c>result</c>, one of <c>created</c>, <c>counted</c> (added to
/// an equal one), <c>dropped_queue_full</c>, <c>dropped_too_many</c> and <c>failed</c>.
/// </summary>
public sealed class EventMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "KubeFed.ControllerRuntime.Events";

    private readonly Counter<long> _events;

    /// <summary>Makes the instruments; one per process, from the factory that owns the process's meters.</summary>
    public EventMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _events = meters.Create(MeterName).CreateCounter<long>("event_recorder.events", description: "Recorded events by what became of them.");
        foreach (var outcome in Enum.GetValues<EventOutcome>())
        {
            Add(outcome, 0);
        }
    }

    internal void Count(EventOutcome outcome) => Add(outcome, 1);

    private void Add(EventOutcome outcome, int count) => _events.Add(count, new KeyValuePair<string, object?>("result", outcome switch
    {
        EventOutcome.Created => "created",
        EventOutcome.Counted => "counted",
        EventOutcome.DroppedQueueFull => "dropped_queue_full",
        EventOutcome.DroppedTooMany => "dropped_too_many",
        _ => "failed",
    }));
}
