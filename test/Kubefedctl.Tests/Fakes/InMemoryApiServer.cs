using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Kubefedctl.Tests.Fakes;

/// <summary>
/// The verbs of an API server over a dictionary: UIDs, versions, generated names, conflicts, preconditions, token
/// requests and a simple apply (merge). A hook sees every call first and may fail it.
/// </summary>
internal sealed class InMemoryApiServer : IDynamicClient
{
    private readonly SortedDictionary<string, (GroupVersionResource Resource, KubeObject Value)> _objects = new(StringComparer.Ordinal);
    private readonly Guid _id = Guid.NewGuid();
    private int _counter;

    /// <summary>Called before each verb with verb, resource and name; what it throws is the call's outcome.</summary>
    public Action<string, GroupVersionResource, NamespacedName> Before { get; set; } = static (_, _, _) => { };

    /// <summary>Called after an object was created, before the caller is told; what it throws is a lost answer.</summary>
    public Action<GroupVersionResource> BeforeAnswer { get; set; } = static _ => { };

    /// <summary>Called after each create, for a controller's part.</summary>
    public Func<KubeObject, KubeObject> OnCreate { get; set; } = static o => o;

    public bool ServesTokenRequest { get; set; } = true;

    public List<string> Calls { get; } = [];

    public Func<string, (int Code, string Body)> Paths { get; set; } = static _ => (200, "ok");

    public IReadOnlyList<string> Names => [.. _objects.Keys];

    public KubeObject? Find(GroupVersionResource resource, string @namespace, string name) =>
        _objects.TryGetValue(Key(resource, new NamespacedName(@namespace, name)), out var found) ? found.Value : null;

    public IEnumerable<KubeObject> All(GroupVersionResource resource) =>
        _objects.Values.Where(o => o.Resource.GroupResource == resource.GroupResource).Select(o => o.Value);

    public KubeObject Put(GroupVersionResource resource, string json) => Store(resource, JsonNode.Parse(json)!.AsObject());

    public Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        Enter("get", resource, name, cancellationToken);
        return Task.FromResult(Require(resource, name));
    }

    public Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        Enter("list", resource, new NamespacedName(@namespace ?? "", ""), cancellationToken);
        var selector = options?.LabelSelector is { } text ? Selector.Parse(text) : Selector.Everything;
        var items = All(resource).Where(o => (@namespace is null || o.Metadata.Namespace == @namespace) && selector.Matches(o.Metadata.Labels)).ToArray();
        return Task.FromResult(new KubeObjectList(items, "1"));
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource, string? @namespace, WatchOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield break;
    }

    public Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.Subresource == "token")
        {
            return Task.FromResult(IssueToken(value, cancellationToken));
        }

        var node = value.ToNode();
        if (value.Metadata.Name.Length == 0)
        {
            node["metadata"]!["name"] = $"{value.Metadata.GenerateName}{++_counter:x5}";
            value = KubeObject.FromNode(node);
        }

        Enter("create", resource, value.Key, cancellationToken);
        if (_objects.ContainsKey(Key(resource, value.Key)))
        {
            throw StatusErrors.AlreadyExists(resource.GroupResource, value.Metadata.Name);
        }

        var made = Store(resource, OnCreate(value).ToNode());
        BeforeAnswer(resource);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(made);
    }

    public Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        Enter("update", resource, value.Key, cancellationToken);
        var found = Require(resource, value.Key);
        if (value.Metadata.ResourceVersion is { Length: > 0 } version && version != found.Metadata.ResourceVersion)
        {
            throw StatusErrors.Conflict(resource.GroupResource, value.Metadata.Name, "the object has been modified");
        }

        return Task.FromResult(Store(resource, value.ToNode(), found.Metadata.Uid));
    }

    public Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        Enter("patch", resource, name, cancellationToken);
        var found = Require(resource, name);
        var node = found.ToNode();
        Merge(node, JsonNode.Parse(patch.Body.Span)!.AsObject());
        return Task.FromResult(Store(resource, node, found.Metadata.Uid));
    }

    public Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default)
    {
        Enter("apply", resource, name, cancellationToken);
        var wanted = JsonNode.Parse(configuration.Span)!.AsObject();
        if (!_objects.TryGetValue(Key(resource, name), out var found))
        {
            return Task.FromResult(Store(resource, OnCreate(KubeObject.FromNode(wanted)).ToNode()));
        }

        var node = found.Value.ToNode();
        Merge(node, wanted);
        return Task.FromResult(JsonNode.DeepEquals(node, found.Value.ToNode()) ? found.Value : Store(resource, node, found.Value.Metadata.Uid));
    }

    public Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        Enter("delete", resource, name, cancellationToken);
        var found = Require(resource, name);
        if (options?.PreconditionUid is { } uid && uid != found.Metadata.Uid)
        {
            throw StatusErrors.Conflict(resource.GroupResource, name.Name, "the UID in the precondition does not match");
        }

        _objects.Remove(Key(resource, name));
        return Task.FromResult<KubeObject?>(null);
    }

    public Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default) =>
        throw StatusErrors.MethodNotSupported(resource.GroupResource, "deletecollection");

    public Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Paths(path));
    }

    private KubeObject IssueToken(KubeObject request, CancellationToken cancellationToken)
    {
        var accounts = new GroupVersionResource("", "v1", "serviceaccounts");
        Enter("create", accounts with { Resource = "serviceaccounts/token" }, request.Key, cancellationToken);
        if (!ServesTokenRequest)
        {
            throw new StatusException(new Status { Code = 404, Reason = "NotFound", Message = "the server could not find the requested resource" });
        }

        Require(accounts, request.Key);
        var node = request.ToNode();
        node["status"] = new JsonObject { ["token"] = $"token-{++_counter}", ["expirationTimestamp"] = "2031-02-03T04:05:06Z" };
        return KubeObject.FromNode(node);
    }

    private void Enter(string verb, GroupVersionResource resource, NamespacedName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Add($"{verb} {resource.GroupResource} {name}");
        Before(verb, resource, name);
    }

    private KubeObject Require(GroupVersionResource resource, NamespacedName name) =>
        _objects.TryGetValue(Key(resource, name), out var found) ? found.Value : throw StatusErrors.NotFound(resource.GroupResource, name.Name);

    private KubeObject Store(GroupVersionResource resource, JsonObject node, string? uid = null)
    {
        var metadata = node["metadata"]!.AsObject();
        metadata["uid"] = uid ?? $"{_id}-{++_counter}";
        metadata["resourceVersion"] = $"{++_counter}";
        var value = KubeObject.FromNode(node);
        _objects[Key(resource, value.Key)] = (resource, value);
        return value;
    }

    private static string Key(GroupVersionResource resource, NamespacedName name) => $"{resource.GroupResource} {name}";

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is JsonObject inner && target[key] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else if (value is null)
            {
                target.Remove(key);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }
}
