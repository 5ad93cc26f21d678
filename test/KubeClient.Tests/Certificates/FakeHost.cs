using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.KubeClient.Tests.Certificates;

/// <summary>The Secrets and APIServices of a host, with versions and conflicts.</summary>
internal sealed class FakeHost : IDynamicClient
{
    private readonly Dictionary<string, KubeObject> _objects = new(StringComparer.Ordinal);
    private int _version;

    /// <summary>Called before each verb, with the verb; what it throws is the outcome.</summary>
    public Action<string> Before { get; set; } = static _ => { };

    public KubeObject? Find(string resource, string name) => _objects.GetValueOrDefault($"{resource}/{name}");

    public void Put(string resource, string json) => Store(resource, JsonNode.Parse(json)!.AsObject());

    public Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        Before("get");
        return Task.FromResult(Require(resource, name));
    }

    public Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        Before("create");
        return Find(resource.Resource, value.Metadata.Name) is null
            ? Task.FromResult(Store(resource.Resource, value.ToNode()))
            : throw StatusErrors.AlreadyExists(resource.GroupResource, value.Metadata.Name);
    }

    public Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        Before("update");
        return Require(resource, value.Key).Metadata.ResourceVersion == value.Metadata.ResourceVersion
            ? Task.FromResult(Store(resource.Resource, value.ToNode()))
            : throw StatusErrors.Conflict(resource.GroupResource, value.Metadata.Name, "the object has been modified");
    }

    public Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        Before("patch");
        var node = Require(resource, name).ToNode();
        node["spec"]!["caBundle"] = JsonNode.Parse(patch.Body.Span)!["spec"]!["caBundle"]!.DeepClone();
        return Task.FromResult(Store(resource.Resource, node));
    }

    public Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing here lists");

    public IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource, string? @namespace, WatchOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing here watches");

    public Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing here applies");

    public Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing here deletes");

    public Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing here deletes");

    public Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing here reads paths");

    private KubeObject Require(GroupVersionResource resource, NamespacedName name) =>
        Find(resource.Resource, name.Name) ?? throw StatusErrors.NotFound(resource.GroupResource, name.Name);

    private KubeObject Store(string resource, JsonObject node)
    {
        node["metadata"]!["resourceVersion"] = $"{++_version}";
        var value = KubeObject.FromNode(node);
        return _objects[$"{resource}/{value.Metadata.Name}"] = value;
    }
}
