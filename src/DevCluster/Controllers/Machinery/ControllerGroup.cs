using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>The controllers of one cluster and what wakes them.</summary>
internal sealed class ControllerGroup(Cluster cluster) : IDisposable
{
    private readonly List<Controller<NamespacedName>> _controllers = [];

    /// <summary>Adds a controller; what wakes it is said on the result.</summary>
    public Wiring Add(string name, IReconciler<NamespacedName> reconciler, int workers = 2)
    {
        var options = new ControllerOptions<NamespacedName>
        {
            MaxConcurrentReconciles = workers,
            ShutdownGracePeriod = TimeSpan.FromMilliseconds(500),
            AbandonAfter = TimeSpan.FromSeconds(1),
            Queue = new KeyedQueueOptions<NamespacedName>
            {
                TimeProvider = cluster.Time,
                Backoff = new BackoffOptions { Base = TimeSpan.FromMilliseconds(20), Cap = TimeSpan.FromSeconds(30), Jitter = 0.1 },
            },
        };
        var controller = new Controller<NamespacedName>(name, reconciler, cluster.Loggers.CreateLogger($"KubeFed.DevClusters.Controllers.{name}"), options);
        _controllers.Add(controller);
        return new Wiring(controller.Queue);
    }

    /// <summary>Runs all controllers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await cluster.WaitForSyncAsync(cancellationToken);
        await Task.WhenAll(_controllers.Select(controller => controller.RunAsync(cancellationToken)));
    }

    public void Dispose() => _controllers.ForEach(static controller => controller.Dispose());

    /// <summary>Says which changes wake a controller.</summary>
    internal sealed class Wiring(KeyedQueue<NamespacedName> queue)
    {
        public KeyedQueue<NamespacedName> Queue => queue;

        /// <summary>A change of an object wakes it for that object.</summary>
        public Wiring On(IInformer informer) => On(informer, static value => [value.Key]);

        /// <summary>A change of an object wakes it for the object's controller, where that is of a kind.</summary>
        public Wiring OnOwned(IInformer informer, string kind) => On(
            informer,
            value => value.Metadata.Controller(kind) is { } owner ? [new NamespacedName(value.Metadata.Namespace, owner.Name)] : []);

        /// <summary>A change of an object that nobody controls wakes it for those that may adopt it.</summary>
        public Wiring OnOrphan(IInformer informer, IInformer owners, Func<KubeObject, LabelSelector?> selectorOf) => On(
            informer,
            value => value.Metadata.IsDeleting || value.Metadata.Controller() is not null ? [] : owners.Store.InNamespace(value.Metadata.Namespace)
                .Where(owner => Adoption.Chooses(selectorOf(owner), value.Metadata.Labels))
                .Select(static owner => owner.Key));

        /// <summary>A change of an object wakes it for the keys that a function gives.</summary>
        public Wiring On(IInformer informer, Func<KubeObject, IEnumerable<NamespacedName>> keys)
        {
            informer.AddHandler(new KeyHandler(queue, keys));
            return this;
        }
    }
}
