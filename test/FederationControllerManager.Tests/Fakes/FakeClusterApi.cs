using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>A cluster that answers everything with the same object, unless a hook fails the call; patches are kept.</summary>
internal sealed class FakeClusterApi : IDynamicClient
{
    /// <summary>Called before each verb with verb, resource and name; what it throws is the call's outcome.</summary>
    public Action<string, GroupVersionResource, NamespacedName> Before { get; set; } = static (_, _, _) => { };

    /// <summary>What a probe finds.</summary>
    public Func<(int Code, string Body)> Health { get; set; } = static () => (200, "ok");

    /// <summary>What everything else answers with.</summary>
    public KubeObject Answer { get; set; } = Objects.Copy("2");

    public ConcurrentQueue<string> Calls { get; } = [];

    public ConcurrentQueue<JsonObject> Patches { get; } = [];

    public Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default) =>
        CallAsync("get", resource, name);

    public async Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        await CallAsync("list", resource, new NamespacedName(@namespace ?? "", ""));
        return new KubeObjectList([], "1");
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource, string? @namespace, WatchOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await CallAsync("watch", resource, new NamespacedName(@namespace ?? "", ""));
        options?.OnOpened?.Invoke();
        yield return new WatchEvent(WatchEventType.Added, Answer);
    }

    public Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        CallAsync("create", resource, value.Key);

    public Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        CallAsync("update", resource, value.Key);

    public Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        Patches.Enqueue(JsonNode.Parse(patch.Body.Span)!.AsObject());
        return CallAsync("patch", resource, name);
    }

    public Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default) =>
        CallAsync("apply", resource, name);

    public async Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        await CallAsync("delete", resource, name);
        return null;
    }

    public Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default) =>
        CallAsync("deletecollection", resource, new NamespacedName(@namespace ?? "", ""));

    public Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default) => Task.FromResult(Health());

    private async Task<KubeObject> CallAsync(string verb, GroupVersionResource resource, NamespacedName name)
    {
        await Task.CompletedTask;
        Calls.Enqueue($"{verb} {resource.GroupResource} {name}");
        Before(verb, resource, name);
        return Answer;
    }
}
