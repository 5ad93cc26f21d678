using KubeFed.ApiMachinery.Identity;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.FederationApis;
using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Removals;
using KubeFed.FederationControllerManager.Scheduling;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.FederationControllerManager.TypeConfigs;
using KubeFed.FederationControllerManager.Versions;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>
/// Runs all controllers of the federation for as long as this process leads: first the clusters, then, when each has been
/// probed once, the types.
/// </summary>
internal sealed class FederationManager(
    IDynamicClient host,
    IEventRecorder events,
    FederationSettings settings,
    TimeProvider time,
    ILoggerFactory loggers,
    Func<bool> isLeader,
    FederationMetrics? metrics)
{
    private const int MaxConcurrentProbes = 64;
    private static readonly GroupVersionResource Secrets = new("", "v1", "secrets");
    private readonly ILogger _logger = loggers.CreateLogger<FederationManager>();

    /// <summary>Runs until cancelled. When it returns nothing is under way any more, in the host or in a member.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var environment = new InformerEnvironment { Time = time, Logger = loggers.CreateLogger<SharedInformer>(), Metrics = metrics?.HostInformers };
        await using var informers = new SharedInformerCache(host, environment);
        await using var clusters = informers.Acquire(FederationResources.KubeFedClusters, InFederationNamespace());
        await using var secrets = informers.Acquire(Secrets, InFederationNamespace());
        await using var configs = informers.Acquire(FederationResources.FederatedTypeConfigs, InFederationNamespace());
        await using var config = informers.Acquire(FederationResources.KubeFedConfigs, InFederationNamespace());
        var live = new LiveSettings(settings, events, _logger);
        var registry = new ClusterRegistry();
        var versions = new VersionStore(host, time, loggers.CreateLogger<VersionStore>());
        var removals = new PendingRemovals(host, settings.FederationNamespace, time, loggers.CreateLogger<PendingRemovals>());
        var services = new SyncServices
        {
            Host = host,
            HostInformers = informers,
            Clusters = registry,
            IsRegistered = name => clusters.Informer.Store.Get(new NamespacedName(settings.FederationNamespace, name)) is not null,
            Versions = versions,
            Events = events,
            Removals = removals,
            CurrentSettings = () => live.Current.Sync,
            Time = time,
            Loggers = loggers,
            Metrics = metrics,
        };
        await using var types = new TypeControllers(services, loggers.CreateLogger<TypeControllers>());
        using var clusterController = BuildClusterController(clusters.Informer, secrets.Informer, registry, live, cancellationToken);
        using var suspicions = registry.Observe(new SuspicionWatch(clusterController.Queue, settings.FederationNamespace));
        using var typeController = BuildTypeController(configs.Informer, types, live);
        live.Changed = (old, current) => Follow(old, current, types, (clusterController, clusters.Informer), (typeController, configs.Informer));
        await using var scheduling = new SchedulingController(services, settings.Scheduling, configs.Informer, clusters.Informer);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var recording = new CancellationTokenSource();
        var running = new List<Task>();
        var recorder = Task.CompletedTask;
        try
        {
            await WaitForSyncAsync(cancellationToken, clusters.Informer, secrets.Informer, configs.Informer);
            await Task.WhenAll(versions.LoadAsync(settings.Sync.TargetNamespace, cancellationToken), removals.LoadAsync(cancellationToken));
            config.Informer.AddHandler(live);
            recorder = versions.RunAsync(Options<VersionKey>(16), isLeader, recording.Token);
            running.Add(clusterController.RunAsync(stopping.Token));
            await WaitForFirstRoundAsync(clusters.Informer.Store, registry, cancellationToken);
            running.Add(typeController.RunAsync(stopping.Token));
            running.Add(scheduling.RunAsync(stopping.Token));
            FederationLog.Running(_logger, registry.Clusters.Count);
            await Task.WhenAny([.. running, recorder]);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop before everything ran.
        }
        finally
        {
            // All at once, and the records last: they hold what the others did until they stopped.
            await stopping.CancelAsync();
            await Task.WhenAll([.. running, types.DisposeAsync().AsTask()]);
            await recording.CancelAsync();
            await recorder;
            await DisconnectAsync(registry);
            metrics?.Clusters.ForgetAll();
        }
    }

    private InformerOptions InFederationNamespace() => new()
    {
        Namespace = settings.FederationNamespace,
        Transform = InformerTransforms.DropManagedFields,
    };

    private Controller<NamespacedName> BuildClusterController(
        IInformer clusters, IInformer secrets, ClusterRegistry registry, LiveSettings live, CancellationToken leading)
    {
        var recorder = events.For(EventComponents.Clusters);
        var reconciler = new ClusterReconciler(
            host,
            clusters.Store,
            secrets.Store,
            registry,
            new MemberFactory(settings.Dispatch, time, metrics, loggers, isLeader, leading),
            new ClusterProber(() => live.Current.Clusters, time),
            new TokenRenewer(host, recorder, time, loggers.CreateLogger<TokenRenewer>()),
            () => live.Current.Clusters,
            metrics?.Clusters,
            recorder,
            time,
            loggers.CreateLogger<ClusterReconciler>());
        var controller = new Controller<NamespacedName>("clusters", reconciler, _logger, Options<NamespacedName>(MaxConcurrentProbes));
        clusters.AddHandler(new ClusterHandler(controller.Queue));
        secrets.AddHandler(new SecretHandler(controller.Queue, clusters.Store));
        return controller;
    }

    private Controller<NamespacedName> BuildTypeController(IInformer configs, TypeControllers types, LiveSettings live)
    {
        Controller<NamespacedName>? controller = null;
        var reconciler = new TypeConfigReconciler(
            host,
            configs.Store,
            types,
            new FinalizerRelease(host),
            () => live.Current.Sync,
            events.For(EventComponents.TypeConfigs),
            () => QueueAll(controller!, configs),
            loggers.CreateLogger<TypeConfigReconciler>());
        controller = new Controller<NamespacedName>("federatedtypeconfigs", Measured(reconciler), _logger, Options<NamespacedName>(1));
        configs.AddHandler(new QueueHandler(controller.Queue));
        return controller;
    }

    private IReconciler<NamespacedName> Measured(TypeConfigReconciler reconciler) => metrics is null
        ? reconciler
        : new MeasuredReconciler<NamespacedName>(reconciler, time, took => metrics.Reconciles.Reconciled(ReconcileMetrics.TypeConfigs, took));

    /// <summary>Has everything looked at once more that changed settings concern.</summary>
    private static void Follow(
        FederationSettings old,
        FederationSettings current,
        TypeControllers types,
        (Controller<NamespacedName> Controller, IInformer Informer) clusters,
        (Controller<NamespacedName> Controller, IInformer Informer) configs)
    {
        if (old.Clusters != current.Clusters)
        {
            QueueAll(clusters.Controller, clusters.Informer);
        }

        if (old.Sync != current.Sync)
        {
            types.LookAgain();
            QueueAll(configs.Controller, configs.Informer);
        }
    }

    private static void QueueAll(Controller<NamespacedName> controller, IInformer informer)
    {
        foreach (var value in informer.Store.List())
        {
            controller.Queue.Add(value.Key);
        }
    }

    private ControllerOptions<TKey> Options<TKey>(int concurrency)
        where TKey : notnull => new()
        {
            MaxConcurrentReconciles = concurrency,
            ShutdownGracePeriod = TimeSpan.FromSeconds(2),
            AbandonAfter = TimeSpan.FromSeconds(1),
            Metrics = metrics?.Controllers,
            Queue = new KeyedQueueOptions<TKey>
            {
                TimeProvider = time,
                Metrics = metrics?.Queues,
                Backoff = new BackoffOptions { Base = TimeSpan.FromMilliseconds(500), Factor = 2, Cap = TimeSpan.FromSeconds(60), Jitter = 0.2 },
            },
        };

    private static Task WaitForSyncAsync(CancellationToken cancellationToken, params IInformer[] informers) =>
        Task.WhenAll(informers.Select(i => i.WaitForSyncAsync(cancellationToken)));

    private async Task WaitForFirstRoundAsync(IResourceStore clusters, ClusterRegistry registry, CancellationToken cancellationToken)
    {
        var round = new FirstRound(clusters.List().Select(static c => c.Metadata.Name));
        using var registration = registry.Observe(round);
        try
        {
            await round.Done.WaitAsync(settings.Clusters.Timeout * 3, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            FederationLog.FirstRoundIncomplete(_logger);
        }
    }

    private static Task DisconnectAsync(ClusterRegistry registry) =>
        Task.WhenAll(registry.Clusters.Keys.Select(registry.Remove).Select(static view => view?.Member?.DisposeAsync().AsTask() ?? Task.CompletedTask));
}
