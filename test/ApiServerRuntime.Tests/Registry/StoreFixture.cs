using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage.Memory;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

/// <summary>A store over memory, with short ways to call it.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public StoreFixture(IEnumerable<IAdmissionPlugin>? plugins = null, IEnumerable<IResourceHandler>? handlers = null, ResourceStoreOptions? options = null)
    {
        Storage = new MemoryStorage(Clock);
        Caches = new StorageBackedCaches(Storage);
        Store = new ResourceStore(Storage, Caches, new AdmissionChain(plugins ?? []), handlers ?? [], Clock, options);
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public MemoryStorage Storage { get; }

    public StorageBackedCaches Caches { get; }

    public ResourceStore Store { get; }

    public static ResourceContext Context(
        string name = "", string subresource = "", string @namespace = "default", ResourceType? type = null, string version = "v1")
    {
        type ??= Widgets.Type;
        return new ResourceContext
        {
            Type = type,
            Version = type.FindVersion(version)!,
            Namespace = type.Scope == ApiMachinery.Identity.ResourceScope.Cluster ? string.Empty : @namespace,
            Name = name,
            Subresource = subresource,
            User = UserInfo.Anonymous,
            DefaultFieldManager = "tests",
        };
    }

    public static RequestBody Body(string json, params string[] duplicates) => new(JsonNode.Parse(json)!.AsObject(), duplicates);

    /// <summary>A widget's JSON with members of metadata and of the root added.</summary>
    public static string Widget(string metadata = "\"name\":\"a\"", string rest = "\"spec\":{\"replicas\":1}") =>
        "{\"apiVersion\":\"demo.example.dev/v1\",\"kind\":\"Widget\",\"metadata\":{" + metadata + "}," + rest + "}";

    public Task<KubeObject> CreateAsync(string json, WriteOptions? options = null, ResourceContext? context = null) =>
        Store.CreateAsync(context ?? Context(), Body(json), options ?? new WriteOptions(), CancellationToken.None);

    public Task<KubeObject> UpdateAsync(string json, WriteOptions? options = null, ResourceContext? context = null) =>
        Store.UpdateAsync(context ?? Context("a"), Body(json), options ?? new WriteOptions(), CancellationToken.None);

    public async Task<KubeObject> PatchAsync(PatchType type, string patch, WriteOptions? options = null, ResourceContext? context = null)
    {
        var result = await Store.PatchAsync(
            context ?? Context("a"), new Patch(type, Encoding.UTF8.GetBytes(patch)), options ?? new WriteOptions(), CancellationToken.None);
        return result.Object;
    }

    public Task<DeleteResult> DeleteAsync(DeleteOptions? options = null, ResourceContext? context = null) =>
        Store.DeleteAsync(context ?? Context("a"), options ?? new DeleteOptions(), CancellationToken.None);

    public async Task<KubeObject> GetAsync(string name = "a") => await Store.GetAsync(Context(name), null, CancellationToken.None);

    public async Task<KubeObjectList> ListAsync(ListOptions? options = null, ResourceContext? context = null) =>
        await Store.ListAsync(context ?? Context(), options ?? new ListOptions(), CancellationToken.None);

    /// <summary>The failure of a call.</summary>
    public static async Task<Status> Refusal(Func<Task> call) =>
        (await Assert.ThrowsAsync<StatusException>(async () => await call()))!.Status;

    public ValueTask DisposeAsync() => Storage.DisposeAsync();
}
