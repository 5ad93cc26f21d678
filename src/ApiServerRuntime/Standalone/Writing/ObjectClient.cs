using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Standalone.Writing;

/// <summary>The verbs as one of the server's own users, in storage versions.</summary>
internal sealed class ObjectClient(IResourceStore store, UserInfo user, string manager)
{
    private readonly WriteOptions _write = new() { FieldManager = manager };

    /// <summary>The object as the storage has it now, or null.</summary>
    public async Task<KubeObject?> FindAsync(ResourceType type, string @namespace, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(Context(type, @namespace, name), null, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    public Task<KubeObject> CreateAsync(ResourceType type, string @namespace, JsonObject root, CancellationToken cancellationToken) =>
        store.CreateAsync(Context(type, @namespace, string.Empty), new RequestBody(root, []), _write, cancellationToken);

    /// <summary>Replaces an object, or a subresource of it, at the version that it names.</summary>
    public Task<KubeObject> UpdateAsync(ResourceType type, JsonObject root, CancellationToken cancellationToken, string subresource = "")
    {
        var metadata = root["metadata"]!;
        var context = Context(type, (string?)metadata["namespace"] ?? string.Empty, (string)metadata["name"]!, subresource);
        return store.UpdateAsync(context, new RequestBody(root, []), _write, cancellationToken);
    }

    public async Task<KubeObject> PatchAsync(ResourceType type, string @namespace, string name, JsonNode mergePatch, CancellationToken cancellationToken) =>
        (await store.PatchAsync(Context(type, @namespace, name), Patch.Merge(mergePatch), _write, cancellationToken)).Object;

    /// <summary>Deletes an object; false when it is gone already.</summary>
    public async Task<bool> DeleteAsync(ResourceType type, string @namespace, string name, DeleteOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await store.DeleteAsync(Context(type, @namespace, name), options, cancellationToken);
            return true;
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return false;
        }
    }

    public Task<KubeObjectList> DeleteAllAsync(ResourceType type, string @namespace, CancellationToken cancellationToken) =>
        store.DeleteCollectionAsync(
            Context(type, @namespace, string.Empty),
            new DeleteOptions { PropagationPolicy = PropagationPolicy.Background },
            new ListOptions(),
            cancellationToken);

    private ResourceContext Context(ResourceType type, string @namespace, string name, string subresource = "") => new()
    {
        Type = type,
        Version = type.FindVersion(type.StorageVersion)!,
        Namespace = type.Scope == ApiMachinery.Identity.ResourceScope.Namespaced ? @namespace : string.Empty,
        Name = name,
        Subresource = subresource,
        User = user,
        DefaultFieldManager = manager,
    };
}
