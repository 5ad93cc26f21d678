using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>What writers can do on top of their verbs.</summary>
public static class ResourceWriterExtensions
{
    private const string Status = "status";

    /// <summary>Creates an object of a typed value and returns what the server stored.</summary>
    public static async Task<T> CreateAsync<T>(
        this IResourceWriter writer, GroupVersionResource resource, T value, JsonTypeInfo<T> type, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        (await writer.CreateAsync(resource, KubeObject.From(value, type), options, cancellationToken)).Deserialize(type);

    /// <summary>Replaces an object by a typed value and returns what the server stored.</summary>
    public static async Task<T> UpdateAsync<T>(
        this IResourceWriter writer, GroupVersionResource resource, T value, JsonTypeInfo<T> type, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        (await writer.UpdateAsync(resource, KubeObject.From(value, type), options, cancellationToken)).Deserialize(type);

    /// <summary>Patches an object and returns what the server stored as a type.</summary>
    public static async Task<T> PatchAsync<T>(
        this IResourceWriter writer, GroupVersionResource resource, NamespacedName name, Patch patch, JsonTypeInfo<T> type, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        (await writer.PatchAsync(resource, name, patch, options, cancellationToken)).Deserialize(type);

    /// <summary>Applies a typed configuration and returns what the server stored. The type must leave out what it does not set.</summary>
    public static async Task<T> ApplyAsync<T>(
        this IResourceWriter writer, GroupVersionResource resource, NamespacedName name, T configuration, JsonTypeInfo<T> type, ApplyOptions options, CancellationToken cancellationToken = default) =>
        (await writer.ApplyAsync(resource, name, KubeObject.From(configuration, type).Utf8Json, options, cancellationToken)).Deserialize(type);

    /// <summary>Replaces an object's status (PUT of the subresource); its resourceVersion, where set, must be the newest.</summary>
    public static Task<KubeObject> UpdateStatusAsync(
        this IResourceWriter writer, GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        writer.UpdateAsync(resource, value, (options ?? new WriteOptions()) with { Subresource = Status }, cancellationToken);

    /// <summary>Patches an object's status.</summary>
    public static Task<KubeObject> PatchStatusAsync(
        this IResourceWriter writer, GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        writer.PatchAsync(resource, name, patch, (options ?? new WriteOptions()) with { Subresource = Status }, cancellationToken);

    /// <summary>Merges a tree into an object's status: the patch is <c>{"status": status}</c>.</summary>
    public static Task<KubeObject> MergeStatusAsync(
        this IResourceWriter writer, GroupVersionResource resource, NamespacedName name, JsonObject status, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        writer.PatchStatusAsync(resource, name, Patch.Merge(new JsonObject { [Status] = status.DeepClone() }), options, cancellationToken);

    /// <summary>Deletes an object and tells whether there was one: a 404 is no failure.</summary>
    public static async Task<bool> TryDeleteAsync(
        this IResourceWriter writer, GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await writer.DeleteAsync(resource, name, options, cancellationToken);
            return true;
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return false;
        }
    }
}
