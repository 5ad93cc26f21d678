using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Patching;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

/// <summary>The verbs on a dictionary: enough of their rules for what HTTP does with them.</summary>
internal sealed class FakeStore(TimeProvider time) : IResourceStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, KubeObject> _objects = new(StringComparer.Ordinal);
    private readonly List<FakeWatch> _watches = [];
    private long _revision = 100;

    /// <summary>What the next call fails with.</summary>
    public Exception? NextFailure { get; set; }

    /// <summary>Runs in every call before it does anything.</summary>
    public Func<CancellationToken, Task>? Before { get; set; }

    public ConcurrentQueue<(string Verb, ResourceContext Context, object Options)> Calls { get; } = new();

    public int OpenWatches
    {
        get
        {
            lock (_lock)
            {
                return _watches.Count;
            }
        }
    }

    public async ValueTask<KubeObject> GetAsync(ResourceContext context, string? resourceVersion, CancellationToken cancellationToken)
    {
        await EnterAsync("get", context, resourceVersion ?? string.Empty, cancellationToken);
        lock (_lock)
        {
            return Find(context);
        }
    }

    public async ValueTask<KubeObjectList> ListAsync(ResourceContext context, ListOptions options, CancellationToken cancellationToken)
    {
        await EnterAsync("list", context, options, cancellationToken);
        Selector labels = Parse(() => Selector.Parse(options.LabelSelector ?? string.Empty));
        FieldSelector fields = Parse(() => FieldSelector.Parse(options.FieldSelector ?? string.Empty));
        lock (_lock)
        {
            KubeObject[] all = [.. Of(context).Where(item => Matches(item, labels, fields))];
            int start = 0;
            if (options.Continue is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            {
                throw StatusErrors.BadRequest("invalid continue token");
            }

            KubeObject[] page = [.. all.Skip(start).Take(options.Limit ?? int.MaxValue)];
            bool more = start + page.Length < all.Length;
            return new KubeObjectList(
                page,
                Text(_revision),
                more ? Text(start + page.Length) : null,
                more && labels.IsEverything && fields.IsEverything ? all.Length - start - page.Length : null);
        }
    }

    public async ValueTask<IResourceWatch> WatchAsync(ResourceContext context, WatchOptions options, CancellationToken cancellationToken)
    {
        await EnterAsync("watch", context, options, cancellationToken);
        FieldSelector fields = Parse(() => FieldSelector.Parse(options.FieldSelector ?? string.Empty));
        Selector labels = Parse(() => Selector.Parse(options.LabelSelector ?? string.Empty));
        lock (_lock)
        {
            var watch = new FakeWatch(
                item => item.Kind == context.Type.Kind && (context.Namespace.Length == 0 || item.Metadata.Namespace == context.Namespace) && Matches(item, labels, fields),
                ended =>
                {
                    lock (_lock)
                    {
                        _watches.Remove(ended);
                    }
                });
            if (options.ResourceVersion is null or "0")
            {
                foreach (KubeObject item in Of(context))
                {
                    watch.Send(WatchEventType.Added, new EventPayload(item));
                }
            }

            _watches.Add(watch);
            return watch;
        }
    }

    public async Task<KubeObject> CreateAsync(ResourceContext context, RequestBody body, WriteOptions options, CancellationToken cancellationToken)
    {
        await EnterAsync("create", context, (body, options), cancellationToken);
        JsonObject metadata = Metadata(body.Root);
        metadata["namespace"] = context.Namespace;
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        string name = metadata["name"]?.GetValue<string>() ?? string.Empty;
        lock (_lock)
        {
            return _objects.ContainsKey(Key(context, name))
                ? throw StatusErrors.AlreadyExists(context.Type.GroupResource, name)
                : Store(context, name, body.Root, WatchEventType.Added);
        }
    }

    public async Task<KubeObject> UpdateAsync(ResourceContext context, RequestBody body, WriteOptions options, CancellationToken cancellationToken)
    {
        await EnterAsync("update", context, (body, options), cancellationToken);
        lock (_lock)
        {
            Find(context);
            return Store(context, context.Name, body.Root, WatchEventType.Modified);
        }
    }

    public async Task<PatchResult> PatchAsync(ResourceContext context, Patch patch, WriteOptions options, CancellationToken cancellationToken)
    {
        await EnterAsync("patch", context, (patch, options), cancellationToken);
        if (patch.Type == PatchType.Apply && !Exists(context))
        {
            var body = new RequestBody(KubeJson.Parse(patch.Body)!.AsObject(), []);
            return new PatchResult(await CreateAsync(context, body, options, cancellationToken), Created: true);
        }

        try
        {
            return PatchStored(context, patch);
        }
        catch (Exception e) when (e is FormatException or JsonPatchException or InvalidOperationException or KubeObjectFormatException)
        {
            throw StatusErrors.BadRequest(e.Message);
        }
    }

    private PatchResult PatchStored(ResourceContext context, Patch patch)
    {
        lock (_lock)
        {
            JsonObject node = Find(context).ToNode();
            JsonNode? patched = patch.Type == PatchType.Json
                ? JsonPatch.Parse(patch.Body).Apply(node)
                : JsonMergePatch.Apply(node, KubeJson.Parse(patch.Body));
            return new PatchResult(Store(context, context.Name, patched as JsonObject ?? [], WatchEventType.Modified), Created: false);
        }
    }

    public async Task<DeleteResult> DeleteAsync(ResourceContext context, DeleteOptions options, CancellationToken cancellationToken)
    {
        await EnterAsync("delete", context, options, cancellationToken);
        lock (_lock)
        {
            KubeObject item = Find(context);
            Remove(context, item);
            return new DeleteResult(
                new Status
                {
                    Outcome = "Success",
                    Details = new StatusDetails { Name = context.Name, Group = context.Type.Group, Kind = context.Type.Plural, Uid = item.Metadata.Uid },
                },
                null);
        }
    }

    public async Task<KubeObjectList> DeleteCollectionAsync(
        ResourceContext context, DeleteOptions options, ListOptions selection, CancellationToken cancellationToken)
    {
        await EnterAsync("deletecollection", context, (options, selection), cancellationToken);
        lock (_lock)
        {
            KubeObject[] all = [.. Of(context)];
            Array.ForEach(all, item => Remove(context, item));
            return new KubeObjectList(all, Text(_revision));
        }
    }

    /// <summary>Sends an event to all watches.</summary>
    public void Send(WatchEventType type, EventPayload payload)
    {
        lock (_lock)
        {
            _watches.ForEach(watch => watch.Send(type, payload));
        }
    }

    /// <summary>Ends all watches: cleanly, or with a failure.</summary>
    public void EndWatches(StatusException? failure = null)
    {
        lock (_lock)
        {
            _watches.ForEach(watch => watch.End(failure));
        }
    }

    private static T Parse<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (SelectorFormatException e)
        {
            throw StatusErrors.BadRequest(e.Message);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool Matches(KubeObject item, Selector labels, FieldSelector fields) =>
        labels.Matches(item.Metadata.Labels)
        && fields.Matches(new Dictionary<string, string> { ["metadata.name"] = item.Metadata.Name, ["metadata.namespace"] = item.Metadata.Namespace });

    private static JsonObject Metadata(JsonObject root) => root["metadata"] as JsonObject ?? (JsonObject)(root["metadata"] = new JsonObject());

    private static string Key(ResourceContext context, string name) => context.Type.KeyOf(context.Namespace, name);

    private async Task EnterAsync(string verb, ResourceContext context, object options, CancellationToken cancellationToken)
    {
        Calls.Enqueue((verb, context, options));
        if (Before is { } before)
        {
            await before(cancellationToken);
        }

        if (NextFailure is { } failure)
        {
            NextFailure = null;
            throw failure;
        }
    }

    private bool Exists(ResourceContext context)
    {
        lock (_lock)
        {
            return _objects.ContainsKey(Key(context, context.Name));
        }
    }

    private KubeObject Find(ResourceContext context) => _objects.TryGetValue(Key(context, context.Name), out KubeObject? item)
        ? item
        : throw StatusErrors.NotFound(context.Type.GroupResource, context.Name);

    private IEnumerable<KubeObject> Of(ResourceContext context)
    {
        string prefix = context.Type.KeyPrefixOf(context.Namespace);
        return _objects.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => entry.Value);
    }

    private KubeObject Store(ResourceContext context, string name, JsonObject root, WatchEventType type)
    {
        Metadata(root)["resourceVersion"] = Text(++_revision);
        var item = KubeObject.FromNode(root);
        _objects[Key(context, name)] = item;
        var payload = new EventPayload(item);
        _watches.ForEach(watch => watch.Send(type, payload));
        return item;
    }

    private void Remove(ResourceContext context, KubeObject item)
    {
        _objects.Remove(context.Type.KeyOf(item.Metadata.Namespace, item.Metadata.Name));
        JsonObject node = item.ToNode();
        node["metadata"]!["resourceVersion"] = Text(++_revision);
        var payload = new EventPayload(KubeObject.FromNode(node));
        _watches.ForEach(watch => watch.Send(WatchEventType.Deleted, payload));
    }
}
