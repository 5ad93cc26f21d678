using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>Writes objects of any type. The namespace and name of the object's metadata choose the URL.</summary>
public interface IResourceWriter
{
    /// <summary>Creates an object (POST).</summary>
    Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Replaces an object (PUT); its resourceVersion, where set, must be the newest.</summary>
    Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Patches an object.</summary>
    Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Applies a configuration (server-side apply): creates or changes the object so that it has these fields.</summary>
    Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object. Returns the object where it stays until finalizers are gone, null where it is gone.</summary>
    Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes the objects that match the list options.</summary>
    Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default);
}
