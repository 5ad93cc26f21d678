using System.Diagnostics;
using System.Diagnostics.Metrics;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// What caches count, on the meter <c>KubeFed.ApiServerRuntime.Caching</c>. Every measurement of one type carries <c>group</c> and
/// <c>resource</c>, and all carry the tags given here.
/// </summary>
public sealed class ResourceCacheMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KubeFed.ApiServerRuntime.Caching";

    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly UpDownCounter<long> _objects;
    private readonly UpDownCounter<long> _watches;
    private readonly UpDownCounter<long> _capacity;
    private readonly Counter<long> _events;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _loads;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _lagging;
    private readonly Counter<long> _cut;
    private readonly Counter<long> _undecodable;
    private readonly Histogram<double> _waits;

    /// <summary>Creates the instruments.</summary>
    public ResourceCacheMetrics(IMeterFactory meters, params KeyValuePair<string, object?>[] tags)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _tags = tags;
        var meter = meters.Create(MeterName);
        _objects = meter.CreateUpDownCounter<long>("apiserver_cache_objects", description: "Objects held.");
        _watches = meter.CreateUpDownCounter<long>("apiserver_cache_watches", description: "Watches open.");
        _capacity = meter.CreateUpDownCounter<long>("apiserver_cache_history_capacity", description: "Events that histories have room for.");
        _events = meter.CreateCounter<long>("apiserver_cache_events_total", description: "Writes received from the storage.");
        _sent = meter.CreateCounter<long>("apiserver_cache_events_sent_total", description: "Events handed to watches, bookmarks and initial events included.");
        _loads = meter.CreateCounter<long>("apiserver_cache_loads_total", description: "Times that a type was read from the storage.");
        _failures = meter.CreateCounter<long>("apiserver_cache_failures_total", description: "Reads and watches of the storage that failed.");
        _lagging = meter.CreateCounter<long>("apiserver_cache_watches_lagging_total", description: "Times that a watch overflowed its queue and went on from history.");
        _cut = meter.CreateCounter<long>("apiserver_cache_watches_cut_total", description: "Watches ended because they were slower than the history is long.");
        _undecodable = meter.CreateCounter<long>("apiserver_cache_undecodable_total", description: "Stored values left out because they are no objects.");
        _waits = meter.CreateHistogram(
            "apiserver_cache_read_wait_seconds",
            "s",
            "How long reads waited for the cache to reach their revision.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3] });
    }

    internal TagList TagsOf(GroupResource resource)
    {
        var tags = new TagList(_tags);
        tags.Add("group", resource.Group);
        tags.Add("resource", resource.Resource);
        return tags;
    }

    internal void Objects(int change, in TagList tags) => _objects.Add(change, tags);

    internal void Watches(int change, in TagList tags) => _watches.Add(change, tags);

    internal void Capacity(int change, in TagList tags) => _capacity.Add(change, tags);

    internal void Received(in TagList tags) => _events.Add(1, tags);

    internal void Sent(int count, in TagList tags) => _sent.Add(count, tags);

    internal void Loaded(in TagList tags) => _loads.Add(1, tags);

    internal void LoadFailed(in TagList tags) => _failures.Add(1, tags);

    internal void WatchFailed() => _failures.Add(1, _tags);

    internal void Lagging(in TagList tags) => _lagging.Add(1, tags);

    internal void Cut(in TagList tags) => _cut.Add(1, tags);

    internal void Undecodable(in TagList tags) => _undecodable.Add(1, tags);

    internal void Waited(TimeSpan time, in TagList tags) => _waits.Record(time.TotalSeconds, tags);
}
