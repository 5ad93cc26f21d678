using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.ApiServerRuntime.Tests.Reviews;

/// <summary>A host whose reviews a test answers.</summary>
internal sealed class FakeHost(Func<JsonObject, JsonObject> answer) : IResourceWriter
{
    public ConcurrentQueue<JsonObject> Specs { get; } = new();

    public Task<KubeObject> CreateAsync(GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var root = value.ToNode();
        var spec = (JsonObject)root["spec"]!;
        Specs.Enqueue(spec);
        root["status"] = answer(spec);
        return Task.FromResult(KubeObject.FromNode(root));
    }

    public Task<KubeObject> UpdateAsync(GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
