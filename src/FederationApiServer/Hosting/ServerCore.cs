using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Telemetry;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Crds;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>Storage, types and caches: what every server has, before anything asks it.</summary>
internal sealed class ServerCore : IAsyncDisposable
{
    private const string FederationOwner = "federation";

    private ServerCore(ObservedStorage storage, TypeRegistry types, ResourceCacheSet caches)
    {
        Storage = storage;
        Types = types;
        FederationTypes = types.Current.Types.Select(static type => type.GroupResource).ToHashSet();
        Caches = caches;
    }

    public ObservedStorage Storage { get; }

    /// <summary>The federation's own types, which are always served.</summary>
    public IReadOnlySet<GroupResource> FederationTypes { get; }

    public TypeRegistry Types { get; }

    public ResourceCacheSet Caches { get; }

    /// <summary>Makes the core, with the federation's own types.</summary>
    public static ServerCore Create(IStorage storage, ComponentTelemetry telemetry, ILoggerFactory loggers)
    {
        var observed = new ObservedStorage(storage, TimeProvider.System);
        var types = new TypeRegistry(new GroupVersion(FederationGroups.Types, "v1beta1"));
        types.SetTypes(FederationOwner, LoadTypes());
        var caches = new ResourceCacheSet(
            observed,
            types,
            static type => value => StoredObjectCodec.Decode(value, type),
            new ResourceCacheOptions(),
            new ResourceCacheMetrics(telemetry.Meters),
            TimeProvider.System,
            loggers.CreateLogger<ResourceCacheSet>());
        return new ServerCore(observed, types, caches);
    }

    public async ValueTask DisposeAsync()
    {
        await Caches.DisposeAsync();
        await Storage.DisposeAsync();
    }

    private static IEnumerable<ResourceType> LoadTypes() => CrdCatalog.Load(CrdCatalog.FirstWithValidationRules).Select(static definition =>
    {
        var read = CrdReader.Read(definition.ToNode());
        return read.Type ?? throw new ComponentStartException($"{definition.Metadata.Name} is no valid definition: {read.Errors}");
    });
}
