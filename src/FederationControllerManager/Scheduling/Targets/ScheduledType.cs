using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Scheduling.Workloads;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Scheduling.Targets;

/// <summary>
/// An enabled type as the scheduler sees it: its federated objects always, so that none keeps what a preference set that has gone;
/// the members' objects while a preference is about the type.
/// </summary>
internal sealed class ScheduledType : IAsyncDisposable
{
    private readonly SyncServices _services;
    private readonly Action<NamespacedName> _changed;
    private readonly InformerLease _federated;
    private readonly IDisposable _registration;
    private readonly HashSet<NamespacedName> _users = [];
    private readonly Lock _lock = new();
    private WorkloadCaches? _workloads;
    private Task _released = Task.CompletedTask;

    /// <param name="type">The type.</param>
    /// <param name="services">What it stands on.</param>
    /// <param name="handler">Hears of its federated objects.</param>
    /// <param name="changed">Told the key of a federated object whose replicas in a member changed.</param>
    public ScheduledType(FederatedType type, SyncServices services, IInformerHandler handler, Action<NamespacedName> changed)
    {
        Type = type;
        _services = services;
        _changed = changed;
        _federated = SyncController.AcquireFederated(services, type.Federated);
        _registration = _federated.Informer.AddHandler(handler);
    }

    public FederatedType Type { get; }

    /// <summary>The federated objects.</summary>
    public IResourceStore Store => _federated.Informer.Store;

    /// <summary>Whether the federated objects have been listed.</summary>
    public bool HasSynced => _federated.Informer.HasSynced;

    /// <summary>The members' objects, which are followed from now on for a preference.</summary>
    public WorkloadCaches Use(NamespacedName preference)
    {
        lock (_lock)
        {
            _users.Add(preference);
            if (_workloads is null)
            {
                _workloads = new WorkloadCaches(Type, _services.Settings.TargetNamespace, _services.Time, _changed);
                foreach (var cluster in _services.Clusters.Clusters.Values)
                {
                    _workloads.Follow(cluster.Name, cluster.Member);
                }
            }

            return _workloads;
        }
    }

    /// <summary>A preference is no longer about the type; when it was the last, the members' objects are followed no more.</summary>
    public void Leave(NamespacedName preference)
    {
        lock (_lock)
        {
            if (_users.Remove(preference) && _users.Count == 0 && _workloads is { } unused)
            {
                _workloads = null;
                _released = Task.WhenAll(_released, unused.DisposeAsync().AsTask());
            }
        }
    }

    /// <summary>Follows a change of a cluster.</summary>
    public void Follow(string cluster, Member? member)
    {
        lock (_lock)
        {
            _workloads?.Follow(cluster, member);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _registration.Dispose();
        WorkloadCaches? workloads;
        lock (_lock)
        {
            workloads = _workloads;
            _workloads = null;
        }

        if (workloads is not null)
        {
            await workloads.DisposeAsync();
        }

        await _released;
        await _federated.DisposeAsync();
    }
}
