using System.Diagnostics.Metrics;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Standalone;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Memory;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.ComponentBase.Telemetry;
using KubeFed.DevClusters.Admission;
using KubeFed.DevClusters.Aggregation;
using KubeFed.DevClusters.Pods;
using KubeFed.DevClusters.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Serving;

/// <summary>What a cluster is, whether or not anybody can reach it: its objects, types and rules.</summary>
internal sealed class ClusterCore : IAsyncDisposable
{
    private readonly ComponentTelemetry _telemetry;
    private readonly ResourceCacheSet _caches;

    private ClusterCore(ComponentTelemetry telemetry, IStorage storage, ClusterIdentity identity, DevClusterOptions options)
    {
        _telemetry = telemetry;
        RequestMetrics = new ApiServerMetrics(telemetry.Meters);
        Storage = storage;
        Types = new TypeRegistry();
        _caches = new ResourceCacheSet(
            storage,
            Types,
            static type => value => StoredObjectCodec.Decode(value, type),
            new ResourceCacheOptions(),
            new ResourceCacheMetrics(telemetry.Meters),
            options.Time,
            options.Logging.CreateLogger<ResourceCacheSet>());
        Api = new StandaloneApi(new StandaloneOptions
        {
            Types = Types,
            Caches = _caches,
            MoreTypes = ClusterTypes.All,
            OwnTypes = ClusterTypes.All.Select(static type => type.GroupResource).ToHashSet(),
            RootAuthority = identity.Certificates.Authority.CertificatePem,
            Foreign = Remote,
            Signer = identity.Signer,
            Identity = "devcluster",
            Time = options.Time,
            Logging = options.Logging,
        });
        Handlers = [.. Api.Handlers, new BindingHandler(() => Store!), new EvictionHandler(() => Store!, options.Time)];
        Store = new ResourceStore(
            storage,
            _caches,
            new AdmissionChain([.. Api.Admission, .. ClusterAdmission.Create(_caches, options.Time)]),
            Handlers,
            options.Time,
            new ResourceStoreOptions { AuthorizeCreate = new CreateCheck(Api.Authorizer).RunAsync });
        Api.Attach(Store);
    }

    public IStorage Storage { get; }

    /// <summary>What namespaces hold in the servers of APIServices.</summary>
    public RemoteContent Remote { get; } = new();

    /// <summary>Counts requests, over all times that the server is open.</summary>
    public ApiServerMetrics RequestMetrics { get; }

    /// <summary>What <c>/metrics</c> shows: the cluster's own metrics, not those of others in the process.</summary>
    public PrometheusReader Metrics => _telemetry.Prometheus;

    public TypeRegistry Types { get; }

    public StandaloneApi Api { get; }

    public IReadOnlyList<IResourceHandler> Handlers { get; }

    public IResourceStore Store { get; }

    /// <summary>Why requests cannot be answered rightly yet; null when they can.</summary>
    public string? WhyNotReady => Api.WhyNotReady ?? (_caches.IsReady ? null : $"not read yet: {string.Join(", ", _caches.NotReady)}");

    /// <exception cref="DevClusterException">The database cannot be opened.</exception>
    public static async Task<ClusterCore> OpenAsync(DevClusterOptions options, ClusterFolder? folder, ClusterIdentity identity, CancellationToken cancellationToken)
    {
        var telemetry = ComponentTelemetry.Start(new TelemetryOptions
        {
            ServiceName = $"devcluster-{options.Name}",
            Meters = [ApiServerMetrics.MeterName],
            OwnMetersOnly = true,
        });
        try
        {
            var storage = await OpenStorageAsync(options, folder, telemetry.Meters, cancellationToken);
            return new ClusterCore(telemetry, storage, identity, options);
        }
        catch
        {
            telemetry.Dispose();
            throw;
        }
    }

    /// <summary>Follows the storage and works until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        _caches.Start();
        return Api.RunAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _caches.DisposeAsync();
        await Storage.DisposeAsync();
        _telemetry.Dispose();
    }

    private static async Task<IStorage> OpenStorageAsync(
        DevClusterOptions options, ClusterFolder? folder, IMeterFactory meters, CancellationToken cancellationToken)
    {
        if (!options.KeepObjects)
        {
            return new MemoryStorage(options.Time);
        }

        string file = folder?.File("objects.db") ?? throw new DevClusterException("objects can be kept only in a data folder, and none is given");
        try
        {
            return await SqliteStorage.OpenAsync(
                new SqliteStorageOptions { Path = file },
                options.Time,
                new SqliteStorageMetrics(meters),
                options.Logging.CreateLogger<SqliteStorage>(),
                cancellationToken);
        }
        catch (Exception e) when (e is SqliteStorageOpenException or IOException or UnauthorizedAccessException)
        {
            throw new DevClusterException($"the database {file} cannot be opened: {e.Message}", e);
        }
    }
}
