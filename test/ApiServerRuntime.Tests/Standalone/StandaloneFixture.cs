using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication.Tokens;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Standalone;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Storage.Memory;
using KubeFed.ApiServerRuntime.Tests.Registry;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Standalone;

/// <summary>A store with the built-in types and their rules over memory; the controllers are driven by the test.</summary>
internal sealed class StandaloneFixture : IAsyncDisposable
{
    public StandaloneFixture()
    {
        Storage = new MemoryStorage(Clock);
        Caches = new StorageBackedCaches(Storage);
        Api = new StandaloneApi(new StandaloneOptions
        {
            Types = Types,
            Caches = Caches,
            RootAuthority = "PEM",
            Identity = "test",
            Signer = NewSigner(),
            Time = Clock,
            Logging = NullLoggerFactory.Instance,
        });
        Store = new ResourceStore(Storage, Caches, new AdmissionChain(Api.Admission), Api.Handlers, Clock);
        Api.Attach(Store);
        Client = new ObjectClient(Store, SystemUser.Server, "test");
    }

    public static ResourceType Namespaces { get; } = BuiltinTypes.Get(string.Empty, "namespaces");

    public static ResourceType ConfigMaps { get; } = BuiltinTypes.Get(string.Empty, "configmaps");

    public static ResourceType Secrets { get; } = BuiltinTypes.Get(string.Empty, "secrets");

    public static ResourceType Definitions { get; } = BuiltinTypes.Get("apiextensions.k8s.io", "customresourcedefinitions");

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public TypeRegistry Types { get; } = new();

    public MemoryStorage Storage { get; }

    public StorageBackedCaches Caches { get; }

    public StandaloneApi Api { get; }

    public ResourceStore Store { get; }

    public ObjectClient Client { get; }

    public static JsonObject Root(ResourceType type, string name, string rest = "{}")
    {
        var root = JsonNode.Parse(rest)!.AsObject();
        root["apiVersion"] = new GroupVersion(type.Group, type.StorageVersion).ToString();
        root["kind"] = type.Kind;
        var metadata = root["metadata"] as JsonObject ?? [];
        metadata["name"] = name;
        root["metadata"] = metadata.Parent is null ? metadata : metadata.DeepClone();
        return root;
    }

    public async Task<KubeObject> CreateAsync(ResourceType type, string name, string rest = "{}", string @namespace = "default")
    {
        if (type.Scope == ResourceScope.Namespaced && await FindAsync(Namespaces, @namespace) is null)
        {
            await Client.CreateAsync(Namespaces, string.Empty, Root(Namespaces, @namespace), CancellationToken.None);
        }

        return await Client.CreateAsync(type, @namespace, Root(type, name, rest), CancellationToken.None);
    }

    public Task<KubeObject?> FindAsync(ResourceType type, string name, string @namespace = "default") =>
        Client.FindAsync(type, @namespace, name, CancellationToken.None);

    public Task<bool> DeleteAsync(ResourceType type, string name, PropagationPolicy policy = PropagationPolicy.Background, string @namespace = "default") =>
        Client.DeleteAsync(type, @namespace, name, new DeleteOptions { PropagationPolicy = policy }, CancellationToken.None);

    public ValueTask DisposeAsync() => Storage.DisposeAsync();

    private static TokenSigner NewSigner()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return TokenSigner.FromPem(key.ExportPkcs8PrivateKeyPem());
    }
}
