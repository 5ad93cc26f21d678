using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <content>Reads: gets, paged lists and watches.</content>
internal sealed partial class FakeCluster
{
    private readonly List<(GroupResource Resource, KubeObject? Old, KubeObject? New, long Version, KubeObject? Last)> _log = [];
    private readonly List<(GroupResource Resource, Channel<bool> Bell)> _watchers = [];
    private int _cuts;
    private long _expiredBefore;

    /// <summary>Ends all watches; the next ones are told that their version is gone, so that everybody lists anew.</summary>
    public void Expire()
    {
        lock (_lock)
        {
            _log.Clear();
            _expiredBefore = _version + 1;
            _version++;
            CutWatches();
        }
    }

    /// <summary>Ends all watches.</summary>
    public void CutWatches()
    {
        lock (_lock)
        {
            _cuts++;
            foreach (var (_, bell) in _watchers)
            {
                bell.Writer.TryWrite(true);
            }
        }
    }

    public async Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Faults.BeforeAsync("get", name.Name, cancellationToken);
        Reads.Enqueue($"get {resource.Resource}");
        lock (_lock)
        {
            return Shape(Require(resource, name).ToObject(), options?.Representation ?? default);
        }
    }

    public async Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Faults.BeforeAsync("list", resource.Resource, cancellationToken);
        Reads.Enqueue($"list {resource.Resource}");
        Faults.Refuse("list", resource.Resource);
        lock (_lock)
        {
            var after = options?.Continue ?? "";
            var matching = _objects
                .Where(o => o.Key.Resource == resource.GroupResource && Matches(o.Value.ToObject(), @namespace, options?.LabelSelector))
                .OrderBy(static o => o.Key.Name.ToString(), StringComparer.Ordinal)
                .Where(o => string.CompareOrdinal(o.Key.Name.ToString(), after) > 0)
                .Select(static o => o.Value.ToObject())
                .ToArray();
            var page = matching.Take(options?.Limit ?? int.MaxValue).ToArray();
            return new KubeObjectList(
                [.. page.Select(o => Shape(o, options?.Representation ?? default))],
                _version.ToString(CultureInfo.InvariantCulture),
                page.Length < matching.Length ? page[^1].Key.ToString() : null);
        }
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource,
        string? @namespace,
        WatchOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Faults.BeforeAsync("watch", resource.Resource, cancellationToken);
        Faults.Refuse("watch", resource.Resource);
        var position = long.Parse(options?.ResourceVersion is { Length: > 0 } from ? from : "0", CultureInfo.InvariantCulture);
        var bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        int cuts;
        lock (_lock)
        {
            if (position < _expiredBefore)
            {
                throw StatusErrors.Expired("too old resource version");
            }

            cuts = _cuts;
            _watchers.Add((resource.GroupResource, bell));
        }

        options?.OnOpened?.Invoke();
        try
        {
            while (true)
            {
                WatchEvent[] events;
                bool isCut;
                lock (_lock)
                {
                    isCut = cuts != _cuts;
                    events = isCut ? [] : [.. EventsAfter(resource.GroupResource, position, @namespace, options)];
                    position = _version;
                }

                if (isCut)
                {
                    yield break;
                }

                foreach (var change in events)
                {
                    yield return change;
                }

                await bell.Reader.ReadAsync(cancellationToken);
                Faults.Refuse("watch", resource.Resource);
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.RemoveAll(w => w.Bell == bell);
            }
        }
    }

    private static bool Matches(KubeObject value, string? @namespace, string? selector) =>
        (@namespace is null || value.Metadata.Namespace == @namespace)
        && (string.IsNullOrEmpty(selector) || LabelSelectorParser.Parse(selector).Matches(value.Metadata.Labels));

    private IEnumerable<WatchEvent> EventsAfter(GroupResource resource, long position, string? @namespace, WatchOptions? options)
    {
        foreach (var change in _log.Where(c => c.Resource == resource && c.Version > position))
        {
            var before = change.Old is { } old && Matches(old, @namespace, options?.LabelSelector);
            var after = change.New is { } now && Matches(now, @namespace, options?.LabelSelector);
            var shape = options?.Representation ?? default;
            if (after)
            {
                yield return new WatchEvent(before ? WatchEventType.Modified : WatchEventType.Added, Shape(change.New!, shape));
            }
            else if (before)
            {
                yield return new WatchEvent(WatchEventType.Deleted, Shape(change.Last ?? WithVersion(change.Old!, change.Version), shape));
            }
        }
    }

    private static KubeObject WithVersion(KubeObject value, long version) =>
        value.Change().With(JsonValue.Create(version.ToString(CultureInfo.InvariantCulture)), "metadata", "resourceVersion").Build();

    private void Publish(GroupResource resource, KubeObject? old, KubeObject? value, long version, KubeObject? last = null)
    {
        _log.Add((resource, old, value, version, last));
        foreach (var (watched, bell) in _watchers)
        {
            if (watched == resource)
            {
                bell.Writer.TryWrite(true);
            }
        }
    }
}
