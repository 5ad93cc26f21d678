using System.Diagnostics;
using System.Diagnostics.Metrics;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Informers;

/// <summary>
/// What informers count, on the meter <c>KubeFed.KubeClient.Informers</c>. Every measurement carries <c>group</c>,
/// <c>resource</c> and the tags given here, for example the cluster's name.
/// </summary>
public sealed class InformerMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KubeFed.KubeClient.Informers";

    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly Counter<long> _lists;
    private readonly Counter<long> _watches;
    private readonly Counter<long> _shortWatches;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _events;
    private readonly Counter<long> _handlerFailures;
    private readonly UpDownCounter<long> _objects;
    private readonly UpDownCounter<long> _pending;

    /// <summary>Creates the instruments.</summary>
    public InformerMetrics(IMeterFactory meters, params KeyValuePair<string, object?>[] tags)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _tags = tags;
        var meter = meters.Create(MeterName);
        _lists = meter.CreateCounter<long>("kubeclient_reflector_lists_total", description: "Full lists read.");
        _watches = meter.CreateCounter<long>("kubeclient_reflector_watches_total", description: "Watches opened.");
        _shortWatches = meter.CreateCounter<long>(
            "kubeclient_reflector_short_watches_total", description: "Watches that ended within a second without an event.");
        _failures = meter.CreateCounter<long>("kubeclient_reflector_failures_total", description: "Lists and watches that failed.");
        _events = meter.CreateCounter<long>("kubeclient_watch_events_total", description: "Watch events received, by type.");
        _handlerFailures = meter.CreateCounter<long>(
            "kubeclient_informer_handler_failures_total", description: "Exceptions that handlers, transforms and index functions threw.");
        _objects = meter.CreateUpDownCounter<long>("kubeclient_informer_objects", description: "Objects in stores.");
        _pending = meter.CreateUpDownCounter<long>("kubeclient_informer_pending", description: "Notifications that wait for their handler.");
    }

    private InformerMetrics(InformerMetrics source, KeyValuePair<string, object?>[] tags)
    {
        _tags = tags;
        _lists = source._lists;
        _watches = source._watches;
        _shortWatches = source._shortWatches;
        _failures = source._failures;
        _events = source._events;
        _handlerFailures = source._handlerFailures;
        _objects = source._objects;
        _pending = source._pending;
    }

    /// <summary>The same instruments with other tags.</summary>
    public InformerMetrics With(params KeyValuePair<string, object?>[] tags) => new(this, tags);

    internal TagList TagsOf(GroupVersionResource resource)
    {
        var tags = new TagList(_tags);
        tags.Add("group", resource.Group);
        tags.Add("resource", resource.Resource);
        return tags;
    }

    internal void Listed(in TagList tags) => _lists.Add(1, tags);

    internal void Watched(in TagList tags) => _watches.Add(1, tags);

    internal void ShortWatch(in TagList tags) => _shortWatches.Add(1, tags);

    internal void Failed(in TagList tags) => _failures.Add(1, tags);

    internal void HandlerFailed(in TagList tags) => _handlerFailures.Add(1, tags);

    internal void Objects(int change, in TagList tags) => _objects.Add(change, tags);

    internal void Pending(int change, in TagList tags) => _pending.Add(change, tags);

    internal void Event(string type, in TagList tags)
    {
        var typed = tags;
        typed.Add("type", type);
        _events.Add(1, typed);
    }
}
