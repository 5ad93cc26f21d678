using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.FederationApis;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Scheduling.Capacity;
using KubeFed.FederationControllerManager.Scheduling.Targets;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>
/// Keeps the replicas of federated objects shared as their preferences say: watches the preferences, the federated objects they are
/// about, those objects' replicas in the members and the clusters. Where scheduling is off it only gives back what it had set.
/// </summary>
internal sealed class SchedulingController : IClusterObserver, IAsyncDisposable
{
    /// <summary>How long a change in a member rests, so that a burst of them is one pass.</summary>
    private static readonly TimeSpan MemberDelay = TimeSpan.FromSeconds(1);

    private readonly SyncServices _services;
    private readonly SchedulingSettings _settings;
    private readonly IInformer _configs;
    private readonly IInformer _clusters;
    private readonly ILogger _logger;
    private readonly ScheduledTypes _types;
    private IResourceStore? _preferences;
    private KeyedQueue<NamespacedName>? _queue;

    /// <param name="services">What it stands on.</param>
    /// <param name="settings">How it works.</param>
    /// <param name="configs">The FederatedTypeConfigs.</param>
    /// <param name="clusters">The KubeFedClusters, which say since when a cluster has been ready or not.</param>
    public SchedulingController(SyncServices services, SchedulingSettings settings, IInformer configs, IInformer clusters)
    {
        _services = services;
        _settings = settings;
        _configs = configs;
        _clusters = clusters;
        _logger = services.Loggers.CreateLogger<SchedulingController>();
        _types = new ScheduledTypes(services, _ => new TargetHandler(this), OnReplicasChanged, EnqueueAll);
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var preferences = _settings.IsEnabled ? AcquirePreferences() : null;
        _preferences = preferences?.Informer.Store;
        await using var capacity = new MemberCapacity(
            _services.Clusters, new CapacitySettings(), _services.Time, _services.Loggers.CreateLogger<MemberCapacity>());
        using var room = new CapacityUse(capacity, key => _queue?.Add(key));
        using var controller = BuildController(room);
        try
        {
            await WaitForHostAsync(preferences?.Informer, cancellationToken);
            _queue = controller.Queue;
            foreach (var config in _configs.Store.List())
            {
                // Not left to the handler, which hears of them later: a preference would be told that its type is unknown.
                _types.OnAdd(config, isInInitialList: true);
            }

            using var configs = _configs.AddHandler(_types);
            using var wishes = preferences?.Informer.AddHandler(new PreferenceHandler(controller.Queue));
            using var clusters = _services.Clusters.Observe(this);
            SchedulingLog.Running(_logger, _settings.IsEnabled);
            await controller.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before the host's lists were in.
        }
        finally
        {
            await _types.DisposeAsync();
        }
    }

    /// <summary>Releases what <see cref="RunAsync"/> held, for when it never ran.</summary>
    public ValueTask DisposeAsync() => _types.DisposeAsync();

    /// <inheritdoc/>
    public void OnClusterChanged(ClusterView? old, ClusterView? current)
    {
        _types.Follow((current ?? old)!.Name, current?.Member);
        EnqueueAll();
    }

    private InformerLease AcquirePreferences() => _services.HostInformers.Acquire(FederationResources.ReplicaSchedulingPreferences, new InformerOptions
    {
        Namespace = _services.Settings.TargetNamespace,
        Transform = InformerTransforms.DropManagedFields,
    });

    private Controller<NamespacedName> BuildController(CapacityUse capacity)
    {
        var events = new SchedulingEvents(_services.Events.For(EventComponents.ReplicaScheduling));
        var applier = new ScheduleApplier(_services.Host, _services.Loggers.CreateLogger<ScheduleApplier>(), _services.Metrics?.Scheduling);
        var reconciler = new SchedulingReconciler(
            _preferences,
            _types,
            new ClusterObserver(_services, _clusters.Store),
            new ReplicasFieldSource(_services.Clusters, _services.Time),
            capacity,
            applier,
            new SchedulingStatusWriter(_services.Host),
            events,
            _services,
            _services.Metrics?.Scheduling);
        return new Controller<NamespacedName>("replicascheduling", Measured(reconciler), _logger, new ControllerOptions<NamespacedName>
        {
            MaxConcurrentReconciles = _services.Settings.MaxConcurrentReconciles,
            ShutdownGracePeriod = TimeSpan.FromSeconds(2),
            AbandonAfter = TimeSpan.FromSeconds(1),
            Metrics = _services.Metrics?.Controllers,
            Queue = new KeyedQueueOptions<NamespacedName>
            {
                TimeProvider = _services.Time,
                Metrics = _services.Metrics?.Queues,
                Backoff = new BackoffOptions { Base = TimeSpan.FromMilliseconds(500), Factor = 2, Cap = TimeSpan.FromSeconds(60), Jitter = 0.2 },
            }.FairBy(static key => key.Namespace),
        });
    }

    private IReconciler<NamespacedName> Measured(SchedulingReconciler reconciler) => _services.Metrics?.Reconciles is { } metrics
        ? new MeasuredReconciler<NamespacedName>(
            reconciler, _services.Time, took => metrics.Reconciled(ReconcileMetrics.SchedulingPreferences, took))
        : reconciler;

    private async Task WaitForHostAsync(IInformer? preferences, CancellationToken cancellationToken)
    {
        await _configs.WaitForSyncAsync(cancellationToken);
        await _clusters.WaitForSyncAsync(cancellationToken);
        if (preferences is not null)
        {
            await preferences.WaitForSyncAsync(cancellationToken);
        }
    }

    private void OnReplicasChanged(NamespacedName federated)
    {
        if (_preferences?.Get(federated) is not null)
        {
            _queue?.AddAfter(federated, MemberDelay);
        }
    }

    /// <summary>Whether a federated object concerns the scheduler: a preference is about it, or was.</summary>
    private bool IsConcerned(KubeObject federated) =>
        _preferences?.Get(federated.Key) is not null || federated.Metadata.Annotations.ContainsKey(FederationAnnotations.ReplicaScheduler);

    private void OnTargetChanged(KubeObject federated)
    {
        if (federated.GroupVersionKind == _types.Namespaces?.Type.FederatedKind)
        {
            EnqueueNamespace(federated.Metadata.Namespace);
        }
        else if (IsConcerned(federated))
        {
            _queue?.Add(federated.Key);
        }
    }

    private void EnqueueNamespace(string @namespace)
    {
        foreach (var preference in _preferences?.List() ?? [])
        {
            if (preference.Metadata.Namespace == @namespace)
            {
                _queue?.Add(preference.Key);
            }
        }
    }

    private void EnqueueAll()
    {
        foreach (var preference in _preferences?.List() ?? [])
        {
            _queue?.Add(preference.Key);
        }
    }

    /// <summary>Changes of status are of no concern: the scheduler itself causes most of them.</summary>
    private static bool IsSameSpec(KubeObject old, KubeObject value) =>
        old.Metadata.Generation == value.Metadata.Generation
        && old.Metadata.Uid == value.Metadata.Uid
        && old.Metadata.IsDeleting == value.Metadata.IsDeleting
        && old.Metadata.Annotations.Equals(value.Metadata.Annotations);

    private sealed class TargetHandler(SchedulingController controller) : IInformerHandler
    {
        public void OnAdd(KubeObject value, bool isInInitialList) => controller.OnTargetChanged(value);

        public void OnUpdate(KubeObject old, KubeObject value)
        {
            if (!IsSameSpec(old, value))
            {
                controller.OnTargetChanged(value);
            }
        }

        public void OnDelete(KubeObject last, bool isFinalStateUnknown) => controller.OnTargetChanged(last);
    }

    private sealed class PreferenceHandler(KeyedQueue<NamespacedName> queue) : IInformerHandler
    {
        public void OnAdd(KubeObject value, bool isInInitialList) => queue.Add(value.Key);

        public void OnUpdate(KubeObject old, KubeObject value)
        {
            if (!IsSameSpec(old, value))
            {
                queue.Add(value.Key);
            }
        }

        public void OnDelete(KubeObject last, bool isFinalStateUnknown) => queue.Add(last.Key);
    }
}
