using System.Collections.Immutable;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Scheduling.Targets;

/// <summary>The enabled types that preferences can be about, following the FederatedTypeConfigs.</summary>
/// <param name="services">What the types stand on.</param>
/// <param name="handlerOf">Makes what hears of a type's federated objects.</param>
/// <param name="changed">Told the key of a federated object whose replicas in a member changed.</param>
/// <param name="typesChanged">Told when a type came or went.</param>
internal sealed class ScheduledTypes(
    SyncServices services, Func<FederatedType, IInformerHandler> handlerOf, Action<NamespacedName> changed, Action typesChanged)
    : IInformerHandler, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private volatile ImmutableSortedDictionary<string, ScheduledType> _types = ImmutableSortedDictionary.Create<string, ScheduledType>(StringComparer.Ordinal);
    private Task _released = Task.CompletedTask;
    private bool _disposed;

    /// <summary>All, by name of the type config.</summary>
    public IEnumerable<ScheduledType> All => _types.Values;

    /// <summary>Whether the federated objects of every type have been listed.</summary>
    public bool HasSynced => _types.Values.All(static t => t.HasSynced);

    /// <summary>The federated type of namespaces, which says where a namespace goes; null where namespaces are not enabled.</summary>
    public ScheduledType? Namespaces => _types.GetValueOrDefault(FederationNames.NamespacesTypeConfig);

    /// <summary>The type whose federated objects, in namespaces, are of a kind; null where none is enabled.</summary>
    public ScheduledType? FindKind(string federatedKind) =>
        _types.Values.FirstOrDefault(t => t.Type.FederatedKind.Kind == federatedKind && t.Type is { IsTargetNamespaced: true });

    /// <summary>Follows a change of a cluster.</summary>
    public void Follow(string cluster, Member? member)
    {
        foreach (var type in _types.Values)
        {
            type.Follow(cluster, member);
        }
    }

    /// <inheritdoc/>
    public void OnAdd(KubeObject value, bool isInInitialList) => Follow(value);

    /// <inheritdoc/>
    public void OnUpdate(KubeObject old, KubeObject value) => Follow(value);

    /// <inheritdoc/>
    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => Set(last.Metadata.Name, null);

    public async ValueTask DisposeAsync()
    {
        ScheduledType[] types;
        lock (_lock)
        {
            _disposed = true;
            types = [.. _types.Values];
            _types = _types.Clear();
        }

        foreach (var type in types)
        {
            await type.DisposeAsync();
        }

        await _released;
    }

    private void Follow(KubeObject stored)
    {
        var started = services.Time.GetTimestamp();
        FollowConfig(stored);
        services.Metrics?.Reconciles.Reconciled(ReconcileMetrics.SchedulingManager, services.Time.GetElapsedTime(started));
    }

    private void FollowConfig(KubeObject stored)
    {
        FederatedTypeConfig config;
        try
        {
            config = stored.Deserialize(FederationJsonContext.Default.FederatedTypeConfig);
        }
        catch (KubeObjectFormatException)
        {
            // The controller of type configs says so.
            return;
        }

        var type = FederatedType.Of(config);
        var isUsable = config.Spec.IsPropagationEnabled() && !stored.Metadata.IsDeleting && (type.IsTargetNamespaced || type.IsNamespace);
        Set(config.Metadata.Name, isUsable ? type : null);
    }

    private void Set(string name, FederatedType? type)
    {
        lock (_lock)
        {
            var old = _types.GetValueOrDefault(name);
            if (_disposed || old?.Type == type)
            {
                return;
            }

            _types = type is null ? _types.Remove(name) : _types.SetItem(name, Open(type));
            _released = old is null ? _released : Task.WhenAll(_released, old.DisposeAsync().AsTask());
        }

        typesChanged();
    }

    private ScheduledType Open(FederatedType type)
    {
        using var _ = ExecutionContext.SuppressFlow();
        return new ScheduledType(type, services, handlerOf(type), changed);
    }
}
