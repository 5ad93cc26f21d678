using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Patching;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>
/// An API server in memory, as far as the controllers can tell: versions, UIDs, generations, finalizers, watches with selectors,
/// server-side apply of one manager. What goes wrong is up to <see cref="Faults"/>.
/// </summary>
internal sealed partial class FakeCluster(TimeProvider time) : IDynamicClient
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(GroupResource Resource, NamespacedName Name), Stored> _objects = [];
    private long _version = 100;
    private int _uids;

    /// <summary>What goes wrong.</summary>
    public FakeFaults Faults { get; } = new(time);

    /// <summary>Changes what is applied, as a mutating webhook does; default none.</summary>
    public Action<string, JsonObject>? Webhook { get; set; }

    /// <summary>Types whose status is a subresource of its own: writes of the object leave it. Of all other types both write it.</summary>
    public HashSet<GroupResource> StatusIsApart { get; } = [];

    /// <summary>Every write that reached the server, as <c>verb resource name</c>, done or refused.</summary>
    public ConcurrentQueue<string> Writes { get; } = [];

    /// <summary>Every list and single read, as <c>verb resource</c>.</summary>
    public ConcurrentQueue<string> Reads { get; } = [];

    /// <summary>The writes to one object.</summary>
    public string[] WritesTo(string name) => [.. Writes.Where(w => w.EndsWith(name, StringComparison.Ordinal))];

    /// <summary>An object, or null; what a person would see, past all faults.</summary>
    public KubeObject? Peek(GroupVersionResource resource, NamespacedName name)
    {
        lock (_lock)
        {
            return _objects.TryGetValue((resource.GroupResource, name), out var found) ? found.ToObject() : null;
        }
    }

    /// <summary>All objects of a resource.</summary>
    public KubeObject[] PeekAll(GroupVersionResource resource)
    {
        lock (_lock)
        {
            return [.. _objects.Where(o => o.Key.Resource == resource.GroupResource).Select(static o => o.Value.ToObject())];
        }
    }

    /// <summary>Creates or replaces an object as somebody else would.</summary>
    public KubeObject Put(GroupVersionResource resource, JsonObject value)
    {
        lock (_lock)
        {
            var name = KubeObject.FromNode(value).Key;
            var old = _objects.GetValueOrDefault((resource.GroupResource, name));
            return old is null ? Insert(resource, name, value, null) : Replace(resource, name, old, value, null);
        }
    }

    /// <summary>Changes an object as somebody else would.</summary>
    public KubeObject Change(GroupVersionResource resource, NamespacedName name, string mergePatch)
    {
        lock (_lock)
        {
            var old = Require(resource, name);
            return Replace(resource, name, old, JsonMergePatch.Apply(old.Tree.DeepClone(), JsonNode.Parse(mergePatch))!.AsObject(), null);
        }
    }

    /// <summary>Deletes an object as somebody else would; finalizers keep it.</summary>
    public void Remove(GroupVersionResource resource, NamespacedName name)
    {
        lock (_lock)
        {
            Delete(resource, name, Require(resource, name));
        }
    }

    public async Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default)
    {
        await BeginAsync("apply", resource, name, cancellationToken);
        KubeObject result;
        lock (_lock)
        {
            var config = JsonNode.Parse(configuration.Span)!.AsObject();
            if (_objects.GetValueOrDefault((resource.GroupResource, name)) is { } old)
            {
                var tree = old.Tree.DeepClone().AsObject();
                if (old.Applied?.GetValueOrDefault(options.FieldManager!) is { } before)
                {
                    FakeApply.RemoveDropped(tree, before, config);
                }

                FakeApply.Merge(tree, config);
                Webhook?.Invoke(name.Name, tree);
                result = Replace(resource, name, old, tree, (options.FieldManager!, config));
            }
            else
            {
                var tree = config.DeepClone().AsObject();
                Webhook?.Invoke(name.Name, tree);
                result = Insert(resource, name, tree, (options.FieldManager!, config));
            }
        }

        return await EndAsync(result, options.Representation, cancellationToken);
    }

    public async Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        await BeginAsync("create", resource, value.Key, cancellationToken);
        KubeObject result;
        lock (_lock)
        {
            if (_objects.ContainsKey((resource.GroupResource, value.Key)))
            {
                throw StatusErrors.AlreadyExists(resource.GroupResource, value.Metadata.Name);
            }

            var tree = value.ToNode();
            tree["metadata"]!["managedFields"] = new JsonArray(FakeApply.Entry(options?.FieldManager ?? "", "Update"));
            if (StatusIsApart.Contains(resource.GroupResource))
            {
                tree.Remove("status");
            }

            result = Insert(resource, value.Key, tree, null);
        }

        return await EndAsync(result, options?.Representation ?? default, cancellationToken);
    }

    public async Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var verb = options?.Subresource is { } subresource ? $"patch/{subresource}" : "patch";
        await BeginAsync(verb, resource, name, cancellationToken);
        KubeObject result;
        lock (_lock)
        {
            var old = Require(resource, name);
            var tree = (patch.Type == PatchType.Json
                ? JsonPatch.Parse(patch.Body).Apply(old.Tree)
                : JsonMergePatch.Apply(old.Tree.DeepClone(), JsonNode.Parse(patch.Body.Span)))!.AsObject();
            CheckPreconditions(resource, name, old, tree);
            if (options?.Subresource is null && StatusIsApart.Contains(resource.GroupResource))
            {
                FakeApply.KeepStatus(tree, old.Tree);
            }

            result = Replace(resource, name, old, tree, null, onlyStatus: options?.Subresource == "status");
        }

        return await EndAsync(result, options?.Representation ?? default, cancellationToken);
    }

    public async Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        await BeginAsync("delete", resource, name, cancellationToken);
        KubeObject? result;
        lock (_lock)
        {
            var old = Require(resource, name);
            if (options?.PreconditionUid is { Length: > 0 } uid && uid != old.ToObject().Metadata.Uid)
            {
                throw StatusErrors.Conflict(resource.GroupResource, name.Name, "the UID in the precondition does not match");
            }

            result = Delete(resource, name, old);
        }

        return result is null ? null : await EndAsync(result, default, cancellationToken);
    }

    public Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing of ours updates");

    public Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing of ours deletes collections");

    public async Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default)
    {
        await Faults.BeforeAsync("probe", path, cancellationToken);
        return (200, "ok");
    }

    private static JsonObject Metadata(JsonObject tree) => (tree["metadata"] ??= new JsonObject()).AsObject();

    private static bool IsDeleting(JsonObject tree) => tree["metadata"]?["deletionTimestamp"] is not null;

    private static bool HasFinalizers(JsonObject tree) => tree["metadata"]?["finalizers"] is JsonArray { Count: > 0 };

    private static void CheckPreconditions(GroupVersionResource resource, NamespacedName name, Stored old, JsonObject tree)
    {
        foreach (var field in (string[])["uid", "resourceVersion"])
        {
            if (!JsonNode.DeepEquals(tree["metadata"]?[field], old.Tree["metadata"]?[field]))
            {
                throw StatusErrors.Conflict(resource.GroupResource, name.Name, $"the object has another {field}");
            }
        }
    }

    private async Task BeginAsync(string verb, GroupVersionResource resource, NamespacedName name, CancellationToken cancellationToken)
    {
        await Faults.BeforeAsync(verb, name.Name, cancellationToken);
        Writes.Enqueue($"{verb} {resource.Resource} {name}");
        Faults.Refuse(verb, name.Name);
    }

    private async Task<KubeObject> EndAsync(KubeObject result, Representation representation, CancellationToken cancellationToken)
    {
        await Faults.AfterAsync(cancellationToken);
        return Shape(result, representation);
    }

    private static KubeObject Shape(KubeObject value, Representation representation) => representation == Representation.Metadata
        ? KubeObject.FromNode(new JsonObject
        {
            ["apiVersion"] = value.ApiVersion,
            ["kind"] = value.Kind,
            ["metadata"] = value.GetNode("metadata")?.DeepClone(),
        })
        : value;

    private Stored Require(GroupVersionResource resource, NamespacedName name) =>
        _objects.GetValueOrDefault((resource.GroupResource, name)) ?? throw StatusErrors.NotFound(resource.GroupResource, name.Name);

    private KubeObject Insert(GroupVersionResource resource, NamespacedName name, JsonObject tree, (string Manager, JsonObject Config)? applied)
    {
        var metadata = Metadata(tree);
        metadata["uid"] = $"uid-{++_uids}";
        metadata["creationTimestamp"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        if (tree.ContainsKey("spec"))
        {
            metadata["generation"] = 1L;
        }

        return Store(resource, name, null, tree, Note(null, tree, applied));
    }

    private KubeObject Replace(
        GroupVersionResource resource, NamespacedName name, Stored old, JsonObject tree, (string Manager, JsonObject Config)? applied, bool onlyStatus = false)
    {
        if (onlyStatus)
        {
            var status = tree["status"]?.DeepClone();
            tree = old.Tree.DeepClone().AsObject();
            tree["status"] = status;
        }

        var history = Note(old.Applied, tree, applied);
        var metadata = Metadata(tree);
        metadata["uid"] = old.Tree["metadata"]!["uid"]!.DeepClone();
        metadata["creationTimestamp"] = old.Tree["metadata"]!["creationTimestamp"]!.DeepClone();
        metadata["resourceVersion"] = old.Tree["metadata"]!["resourceVersion"]!.DeepClone();
        if (JsonNode.DeepEquals(tree, old.Tree))
        {
            old.Applied = history;
            return old.ToObject();
        }

        if (!JsonNode.DeepEquals(tree["spec"], old.Tree["spec"]))
        {
            metadata["generation"] = (old.Tree["metadata"]!["generation"]?.GetValue<long>() ?? 0) + 1;
        }

        return IsDeleting(tree) && !HasFinalizers(tree) ? Drop(resource, name, old, tree) : Store(resource, name, old, tree, history);
    }

    private static Dictionary<string, JsonObject>? Note(
        Dictionary<string, JsonObject>? before, JsonObject tree, (string Manager, JsonObject Config)? applied)
    {
        if (applied is not { } now)
        {
            return before;
        }

        FakeApply.Own(Metadata(tree), now.Manager);
        return new Dictionary<string, JsonObject>(before ?? [], StringComparer.Ordinal) { [now.Manager] = now.Config };
    }

    private KubeObject? Delete(GroupVersionResource resource, NamespacedName name, Stored old)
    {
        if (!HasFinalizers(old.Tree))
        {
            Drop(resource, name, old, old.Tree.DeepClone().AsObject());
            return null;
        }

        if (IsDeleting(old.Tree))
        {
            return old.ToObject();
        }

        var tree = old.Tree.DeepClone().AsObject();
        Metadata(tree)["deletionTimestamp"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return Store(resource, name, old, tree, old.Applied);
    }

    private KubeObject Store(
        GroupVersionResource resource, NamespacedName name, Stored? old, JsonObject tree, Dictionary<string, JsonObject>? applied)
    {
        Metadata(tree)["resourceVersion"] = NextVersion();
        var stored = new Stored(tree) { Applied = applied };
        _objects[(resource.GroupResource, name)] = stored;
        Publish(resource.GroupResource, old?.ToObject(), stored.ToObject(), _version);
        return stored.ToObject();
    }

    private KubeObject Drop(GroupVersionResource resource, NamespacedName name, Stored old, JsonObject last)
    {
        Metadata(last)["resourceVersion"] = NextVersion();
        _objects.Remove((resource.GroupResource, name));
        var gone = KubeObject.FromNode(last);
        Publish(resource.GroupResource, old.ToObject(), null, _version, gone);
        return gone;
    }

    private string NextVersion() => (++_version).ToString(CultureInfo.InvariantCulture);

    private sealed class Stored(JsonObject tree)
    {
        private KubeObject? _object;

        public JsonObject Tree { get; } = tree;

        public Dictionary<string, JsonObject>? Applied { get; set; }

        public KubeObject ToObject() => _object ??= KubeObject.FromNode(Tree);
    }
}
