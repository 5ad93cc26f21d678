using System.Diagnostics.Metrics;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Standalone;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Memory;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.DevClusters.Admission;
using KubeFed.DevClusters.Pods;
using KubeFed.DevClusters.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Serving;

/// <summary>What a cluster is, whether or not anybody can reach it: its objects, types and rules.</summary>
internal sealed class ClusterCore : IAsyncDisposable
{
    private readonly ServiceProvider _meters;
    private readonly ResourceCacheSet _caches;

    private ClusterCore(ServiceProvider meters, IStorage storage, ClusterIdentity identity, DevClusterOptions options)
    {
        _meters = meters;
        Storage = storage;
        Types = new TypeRegistry();
        _caches = new ResourceCacheSet(
            storage,
            Types,
            static type => value => StoredObjectCodec.Decode(value, type),
            new ResourceCacheOptions(),
            new ResourceCacheMetrics(meters.GetRequiredService<IMeterFactory>()),
            options.Time,
            options.Logging.CreateLogger<ResourceCacheSet>());
        Api = new StandaloneApi(new StandaloneOptions
        {
            Types = Types,
            Caches = _caches,
            MoreTypes = ClusterTypes.All,
            OwnTypes = ClusterTypes.All.Select(static type => type.GroupResource).ToHashSet(),
            RootAuthority = identity.Certificates.Authority.CertificatePem,
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

    public TypeRegistry Types { get; }

    public StandaloneApi Api { get; }

    public IReadOnlyList<IResourceHandler> Handlers { get; }

    public IResourceStore Store { get; }

    /// <summary>Why requests cannot be answered rightly yet; null when they can.</summary>
    public string? WhyNotReady => Api.WhyNotReady ?? (_caches.IsReady ? null : $"not read yet: {string.Join(", ", _caches.NotReady)}");

    /// <exception cref="DevClusterException">The database cannot be opened.</exception>
    public static async Task<ClusterCore> OpenAsync(DevClusterOptions options, ClusterFolder? folder, ClusterIdentity identity, CancellationToken cancellationToken)
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        try
        {
            var storage = await OpenStorageAsync(options, folder, meters.GetRequiredService<IMeterFactory>(), cancellationToken);
            return new ClusterCore(meters, storage, identity, options);
        }
        catch
        {
            await meters.DisposeAsync();
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
        await _meters.DisposeAsync();
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
