using System.Collections.Concurrent;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>A member whose answers the test writes: each write goes through <see cref="Answer"/> and is noted.</summary>
internal sealed class ScriptedClient : IDynamicClient
{
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Told verb and name of a write; gives the answer, or throws what the member would.</summary>
    public Func<string, NamespacedName, CancellationToken, Task<KubeObject?>> Answer { get; set; } =
        (_, name, _) => Task.FromResult<KubeObject?>(Objects.Copy("2", name: name.Name));

    /// <summary>What a read finds; null where no read is expected.</summary>
    public KubeObject? Found { get; set; }

    public async Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default) =>
        (await SendAsync($"apply as {options.FieldManager}", name, cancellationToken))!;

    public async Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        (await SendAsync("create", value.Key, cancellationToken))!;

    public async Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        (await SendAsync("patch", name, cancellationToken))!;

    public Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync($"delete {options?.PreconditionUid}", name, cancellationToken);

    public Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing of ours updates");

    public Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("nothing of ours deletes collections");

    public Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default) =>
        Found is null ? throw new AssertionException("a write needs no read") : Read(name);

    public Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("a write needs no list");

    public IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource, string? @namespace, WatchOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new AssertionException("a write needs no watch");

    public Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default) =>
        throw new AssertionException("a write needs no probe");

    private Task<KubeObject> Read(NamespacedName name)
    {
        Requests.Enqueue($"get {name}");
        return Task.FromResult(Found!);
    }

    private Task<KubeObject?> SendAsync(string verb, NamespacedName name, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"{verb} {name}");
        return Answer(verb, name, cancellationToken);
    }
}
