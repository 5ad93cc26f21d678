using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// Propagates the objects of one enabled type: watches the federated objects, their namespaces, the clusters and the
/// copies in the members, and reconciles whatever any of them touches.
/// </summary>
internal sealed class SyncController : IClusterObserver, ICacheObserver, IAsyncDisposable
{
    private static readonly GroupVersionResource Namespaces = new("", "v1", "namespaces");

    private const string ByNamespace = "namespace";

    private static readonly Dictionary<string, Func<KubeObject, IEnumerable<string>>> NamespaceIndex = new(StringComparer.Ordinal)
    {
        [ByNamespace] = static value => [value.Metadata.Namespace],
    };

    /// <summary>How long a change by others in a member rests, so that a burst of them is one pass.</summary>
    private static readonly TimeSpan DriftDelay = TimeSpan.FromSeconds(1);

    /// <summary>How long a change of a status in a member rests: one write on the host tells of all changes meanwhile.</summary>
    private static readonly TimeSpan StatusDelay = TimeSpan.FromMilliseconds(500);

    private static readonly InformerOptions MetadataOnly = new()
    {
        Representation = Representation.Metadata,
        Transform = InformerTransforms.MetadataEssentials,
    };

    private readonly FederatedType _type;
    private readonly GroupVersionResource? _federatedNamespaces;
    private readonly SyncServices _services;
    private readonly ILogger _logger;
    private readonly ObjectStates _states = new();
    private readonly MemberCaches _caches;
    private InformerLease? _federated;
    private InformerLease? _gates;
    private InformerLease? _hostNamespaces;
    private KeyedQueue<NamespacedName>? _queue;

    /// <param name="type">What to propagate.</param>
    /// <param name="federatedNamespaces">The federated type of namespaces, which restricts namespaced types; null where it plays no part.</param>
    /// <param name="services">What it stands on.</param>
    public SyncController(FederatedType type, GroupVersionResource? federatedNamespaces, SyncServices services)
    {
        _type = type;
        _federatedNamespaces = federatedNamespaces;
        _services = services;
        _logger = services.Loggers.CreateLogger<SyncController>();
        _caches = new MemberCaches(type, services.Settings.TargetNamespace, services.Time, this);
    }

    /// <summary>Runs until cancelled. When it returns nothing of the type is under way any more but requests already sent.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var federated = _federated = AcquireFederated(_services, _type.Federated);
        await using var gates = _gates = _type.IsTargetNamespaced && _federatedNamespaces is { } resource
            ? AcquireFederated(_services, resource)
            : null;
        await using var hostNamespaces = _hostNamespaces = _type.IsNamespace ? _services.HostInformers.Acquire(Namespaces, MetadataOnly) : null;
        using var controller = BuildController();
        _queue = controller.Queue;
        using var registrations = new DisposableList
        {
            federated.Informer.AddHandler(new KeyHandler(controller.Queue.Add)),
            gates?.Informer.AddHandler(new KeyHandler((key, _) => OnGateChanged(key), OnlySpecChanges: true)),
            hostNamespaces?.Informer.AddHandler(
                new KeyHandler((key, priority) => controller.Queue.Add(new NamespacedName(key.Name, key.Name), priority))),
            _services.Clusters.Observe(this),
        };
        try
        {
            await WaitForHostAsync(cancellationToken);
            SyncLog.Propagating(_logger, _type.Target.GroupResource, federated.Informer.Store.Count);
            EnqueueAll();
            await controller.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before the host's lists were in.
        }
        finally
        {
            foreach (var cluster in _services.Clusters.Clusters.Values)
            {
                cluster.Member?.Dispatcher.Withdraw(_type.Name);
            }

            SyncLog.Stopped(_logger, _type.Target.GroupResource);
        }
    }

    /// <summary>Releases the members' caches; to be called when <see cref="RunAsync"/> has returned.</summary>
    public ValueTask DisposeAsync() => _caches.DisposeAsync();

    /// <inheritdoc/>
    public void OnClusterChanged(ClusterView? old, ClusterView? current)
    {
        var name = (current ?? old)!.Name;
        _caches.Follow(name, current?.Member);
        if (current is null)
        {
            _states.ForgetCluster(name);
        }
        else if (!ReferenceEquals(old?.Member, current.Member))
        {
            _states.LoseConnection(name);
        }

        if (current is { IsReady: false, Member: { } member })
        {
            _states.TakeBack(name, member.Dispatcher);
        }

        var delay = DelayFor(old, current);
        if (old is { IsReady: false } && current is { IsReady: true })
        {
            _states.ForgetFailures(name);
            EnqueueCopies(_caches.Find(name), delay);
        }

        EnqueueAll(delay);
    }

    /// <inheritdoc/>
    public void OnObjectChanged(NamespacedName target) => _queue?.AddAfter(_type.FederatedOf(target), DriftDelay);

    /// <inheritdoc/>
    public void OnStatusChanged(NamespacedName target) => _queue?.AddAfter(_type.FederatedOf(target), StatusDelay);

    /// <inheritdoc/>
    public void OnCacheSynced(MemberObjectCache cache)
    {
        EnqueueAll();
        EnqueueCopies(cache, TimeSpan.Zero);
    }

    /// <summary>Looks at all objects once more, because the settings have changed.</summary>
    public void OnSettingsChanged() => EnqueueAll();

    private TimeSpan DelayFor(ClusterView? old, ClusterView? current)
    {
        if (old is null || current is null || old.IsReady == current.IsReady)
        {
            return TimeSpan.Zero;
        }

        return current.IsReady ? _services.Settings.AvailableDelay : _services.Settings.UnavailableDelay;
    }

    private Controller<NamespacedName> BuildController()
    {
        var events = new PropagationEvents(_type, _services.Events.For(EventComponents.OfType(_type.FederatedKind.Kind)));
        var sink = new OutcomeSink(_type, _states, _services.Time, key => _queue?.Add(key));
        var decider = new ClusterDecider(_type, _services, _caches, sink);
        var reconciler = new SyncReconciler(
            _type,
            _services,
            _federated!.Informer.Store,
            _gates?.Informer.Store,
            _hostNamespaces?.Informer.Store,
            _states,
            _caches,
            decider,
            new RemovalReconciler(_type, _services, _states, _caches, decider, events),
            new StatusWriter(_type, _services.Host, _services.Time),
            new ServiceStatusWriter(_type, _services.Host, _caches),
            events);
        return new Controller<NamespacedName>($"sync-{_type.Name}", Measured(reconciler), _logger, new ControllerOptions<NamespacedName>
        {
            MaxConcurrentReconciles = _services.Settings.MaxConcurrentReconciles,
            ShutdownGracePeriod = TimeSpan.FromSeconds(2),
            AbandonAfter = TimeSpan.FromSeconds(1),
            Metrics = _services.Metrics?.Controllers,
            Queue = new KeyedQueueOptions<NamespacedName>
            {
                TimeProvider = _services.Time,
                Metrics = _services.Metrics?.Queues,
                Backoff = new BackoffOptions { Base = TimeSpan.FromSeconds(1), Factor = 2, Cap = TimeSpan.FromSeconds(60), Jitter = 0.2 },
            }.FairBy(static key => key.Namespace),
        });
    }

    private IReconciler<NamespacedName> Measured(SyncReconciler reconciler) => _services.Metrics is { } metrics
        ? new MeasuredReconciler<NamespacedName>(reconciler, _services.Time, metrics.Reconciles.FederatedReconciled)
        : reconciler;

    /// <summary>Holds the informer of a federated type, which all controllers share.</summary>
    internal static InformerLease AcquireFederated(SyncServices services, GroupVersionResource resource) =>
        services.HostInformers.Acquire(resource, new InformerOptions
        {
            Namespace = services.Settings.TargetNamespace,
            Transform = InformerTransforms.DropManagedFields,
            Indexes = NamespaceIndex,
        });

    private async Task WaitForHostAsync(CancellationToken cancellationToken)
    {
        await _federated!.Informer.WaitForSyncAsync(cancellationToken);
        if (_gates is not null)
        {
            await _gates.Informer.WaitForSyncAsync(cancellationToken);
        }

        if (_hostNamespaces is not null)
        {
            await _hostNamespaces.Informer.WaitForSyncAsync(cancellationToken);
        }
    }

    /// <summary>Queues what a cluster holds: there may be copies whose federated object is gone.</summary>
    private void EnqueueCopies(MemberObjectCache? cache, TimeSpan delay)
    {
        foreach (var target in cache?.Keys() ?? [])
        {
            _queue?.AddAfter(_type.FederatedOf(target), delay, QueuePriority.Low);
        }
    }

    private void OnGateChanged(NamespacedName gate)
    {
        foreach (var value in _federated!.Informer.Store.ByIndex(ByNamespace, gate.Namespace))
        {
            _queue?.Add(value.Key);
        }
    }

    private void EnqueueAll() => EnqueueAll(TimeSpan.Zero);

    private void EnqueueAll(TimeSpan delay)
    {
        if (_queue is not { } queue || _federated?.Informer.HasSynced != true)
        {
            return;
        }

        foreach (var value in _federated.Informer.Store.List())
        {
            queue.AddAfter(value.Key, delay, QueuePriority.Low);
        }

        foreach (var target in _services.Removals.TargetsOf(_type.Name))
        {
            queue.AddAfter(_type.FederatedOf(target), delay, QueuePriority.Low);
        }
    }

    /// <summary>Passes on the keys of what changed. What is new may wait for changes of what is there.</summary>
    /// <param name="Changed">Told each key.</param>
    /// <param name="OnlySpecChanges">Whether changes of status and metadata are left out.</param>
    private sealed record KeyHandler(Action<NamespacedName, QueuePriority> Changed, bool OnlySpecChanges = false) : IInformerHandler
    {
        public void OnAdd(KubeObject value, bool isInInitialList) => Changed(value.Key, QueuePriority.Low);

        public void OnUpdate(KubeObject old, KubeObject value)
        {
            if (!OnlySpecChanges || old.Metadata.Generation != value.Metadata.Generation || old.Metadata.IsDeleting != value.Metadata.IsDeleting || old.Metadata.Uid != value.Metadata.Uid)
            {
                Changed(value.Key, QueuePriority.Normal);
            }
        }

        public void OnDelete(KubeObject last, bool isFinalStateUnknown) => Changed(last.Key, QueuePriority.Normal);
    }

    private sealed class DisposableList : List<IDisposable?>, IDisposable
    {
        public void Dispose() => ForEach(static item => item?.Dispose());
    }
}
