using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.ApiServerRuntime.Fairness;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.OpenApi;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ComponentBase.Health;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Telemetry;
using KubeFed.FederationApis;
using KubeFed.FederationApiServer.Admission;
using KubeFed.FederationApiServer.Options;
using KubeFed.FederationApiServer.Types;
using KubeFed.KubeClient.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>The process: storage, types, who may ask, and the server over them.</summary>
internal static class FederationServer
{
    private const string Name = "kubefed-apiserver";

    // With the usual thirty seconds that a pod is given, requests in flight are cut before the process is killed, not by its end.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(5);

    /// <summary>Runs until a signal or the token asks to stop. Returns the exit code.</summary>
    public static async Task<int> RunAsync(ApiServerProgramOptions options, CancellationToken cancellationToken)
    {
        using var loggers = options.Logging.CreateFactory();
        using var telemetry = ComponentTelemetry.Start(new TelemetryOptions { ServiceName = Name });
        var host = new ComponentHostOptions
        {
            Name = Name,
            Logging = loggers,
            ShutdownGracePeriod = options.Serving.ShutdownDelay + DrainTimeout + CleanUpTime,
        };
        return await ComponentHost.RunAsync(host, (_, token) => ServeAsync(options, telemetry, loggers, static _ => { }, token), cancellationToken);
    }

    /// <summary>Serves as a part of another program, until cancelled.</summary>
    /// <param name="options">The flags.</param>
    /// <param name="loggers">The logs.</param>
    /// <param name="listening">Told once where the server listens.</param>
    /// <param name="cancellationToken">Ends it in order.</param>
    /// <exception cref="ComponentStartException">It cannot serve; the message says why.</exception>
    internal static async Task ServeAsync(ApiServerProgramOptions options, ILoggerFactory loggers, Action<Uri> listening, CancellationToken cancellationToken)
    {
        using var telemetry = ComponentTelemetry.Start(new TelemetryOptions { ServiceName = Name, OwnMetersOnly = true });
        await ServeAsync(options, telemetry, loggers, listening, cancellationToken);
    }

    private static async Task ServeAsync(
        ApiServerProgramOptions options, ComponentTelemetry telemetry, ILoggerFactory loggers, Action<Uri> listening, CancellationToken cancellationToken)
    {
        await using var core = ServerCore.Create(await StorageOpening.OpenAsync(options.Storage, telemetry, loggers, cancellationToken), telemetry, loggers);
        try
        {
            await using var mode = options.Host.Standalone
                ? (IServerMode)await StandaloneMode.CreateAsync(options, core, loggers, cancellationToken)
                : AggregatedMode.Create(options, loggers);
            await ServeAsync(options, core, mode, telemetry, loggers, listening, cancellationToken);
        }
        catch (Exception e) when (e is KubeConfigException or IOException or InvalidDataException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new ComponentStartException(e.Message, e);
        }
    }

    private static async Task ServeAsync(
        ApiServerProgramOptions options,
        ServerCore core,
        IServerMode mode,
        ComponentTelemetry telemetry,
        ILoggerFactory loggers,
        Action<Uri> listening,
        CancellationToken cancellationToken)
    {
        var parts = mode.Parts;
        await using var audit = Auditing.Open(options.Audit, telemetry, loggers);
        var federated = new FederatedTypes(core.Types, mode.Targets, loggers.CreateLogger("KubeFed.FederationApiServer.Types"));
        using var learning = mode.Targets.OnLearned(federated.Refresh);
        var admission = new AdmissionChain([.. parts.Admission, new CoreTypesAdmission(), new FederatedObjectAdmission(federated)]);
        var store = new ResourceStore(
            core.Storage, core.Caches, admission, parts.Handlers, TimeProvider.System, new ResourceStoreOptions { AuthorizeCreate = new CreateCheck(parts.Authorizer).RunAsync });
        parts.Attach(store);
        using var stopping = new CancellationTokenSource();
        var configs = Follow(core, FederationResources.FederatedTypeConfigs.GroupResource, options, federated.TakeConfigs, loggers);
        var clusters = Follow(core, FederationResources.KubeFedClusters.GroupResource, options, federated.TakeClusters, loggers);
        await using var server = ApiServer.Create(new ApiServerOptions
        {
            Types = core.Types,
            Store = store,
            Authenticator = parts.Authenticator,
            Authorizer = parts.Authorizer,
            Handlers = parts.Handlers,
            Audit = audit.Filter,
            Limits = Limits(options, telemetry),
            RequestMetrics = new ApiServerMetrics(telemetry.Meters),
            Endpoints = [new OpenApiEndpoints(core.Types, "KubeFed.NET", TimeProvider.System)],
            Listen = options.Serving.Address,
            Tls = ServerTls.Handshake(parts.Certificate),
            Health = Health(core, mode, configs),
            Metrics = telemetry.Prometheus,
            ShutdownDelay = options.Serving.ShutdownDelay,
            DrainTimeout = DrainTimeout,
            Logging = loggers,
        });
        core.Caches.Start();
        Task[] tasks = [configs.RunAsync(stopping.Token), clusters.RunAsync(stopping.Token), .. parts.Tasks.Select(task => task(stopping.Token))];
        try
        {
            await server.StartAsync(cancellationToken);
            await parts.ListeningAsync(server.Address, cancellationToken);
            listening(server.Address);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            await server.StopAsync(CancellationToken.None);
            await stopping.CancelAsync();
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static FairnessFilter Limits(ApiServerProgramOptions options, ComponentTelemetry telemetry) => new(
        new FairnessOptions
        {
            MaxRequestsInFlight = options.Serving.MaxReading,
            MaxMutatingRequestsInFlight = options.Serving.MaxWriting,
            SystemNamespaces = ["kube-system", options.Host.FederationNamespace],
        },
        TimeProvider.System,
        telemetry.Meters);

    private static SnapshotFollower Follow(
        ServerCore core, GroupResource resource, ApiServerProgramOptions options, Action<IEnumerable<CachedObject>> changed, ILoggerFactory loggers)
    {
        var type = core.Types.Current.Find(resource)!;
        var prefix = type.KeyPrefixOf(options.Host.FederationNamespace);
        return new SnapshotFollower(
            core.Caches.Get(type), prefix, snapshot => changed(snapshot.Range(prefix)), TimeProvider.System, loggers.CreateLogger<SnapshotFollower>());
    }

    private static HealthChecks Health(ServerCore core, IServerMode mode, SnapshotFollower configs)
    {
        var health = new HealthChecks();

        // Not livez: starting anew does not bring the storage back, and loses the caches that reads are served from meanwhile.
        const HealthProbes Readiness = HealthProbes.Healthz | HealthProbes.Readyz;
        health.Add(new HealthCheck("storage", core.Storage.WhyUnwellAsync), Readiness);
        health.Add(HealthCheck.Of("storage-watch", () => core.Caches.IsConnected, "the storage is not being followed"), Readiness);
        health.Add(new HealthCheck("caches", _ => ValueTask.FromResult(core.Caches.IsReady ? null : $"not read yet: {string.Join(", ", core.Caches.NotReady)}")), HealthProbes.Readyz);
        health.Add(HealthCheck.Of("federated-types", () => configs.HasTold, "the FederatedTypeConfigs have not been read yet"), HealthProbes.Readyz);
        health.Add(new HealthCheck("identity", _ => ValueTask.FromResult(mode.WhyNotReady)), HealthProbes.Readyz);
        return health;
    }
}
