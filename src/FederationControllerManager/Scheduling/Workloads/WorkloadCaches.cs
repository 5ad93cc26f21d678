using System.Collections.Immutable;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Scheduling.Workloads;

/// <summary>
/// The numbers of replicas of one type's managed objects in the members. Open only while a preference is about the type; without
/// the pod templates they cost a few hundred bytes for an object.
/// </summary>
internal sealed class WorkloadCaches(FederatedType type, string? targetNamespace, TimeProvider time, Action<NamespacedName> changed) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task _released = Task.CompletedTask;
    private bool _disposed;
    private volatile ImmutableDictionary<string, Entry> _entries = ImmutableDictionary<string, Entry>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Follows a change of a cluster: a new connection gets a new cache, a removed cluster loses its own.</summary>
    public void Follow(string cluster, Member? member)
    {
        lock (_lock)
        {
            var old = _entries.GetValueOrDefault(cluster);
            if (_disposed || ReferenceEquals(old?.Member, member))
            {
                return;
            }

            _entries = member is null ? _entries.Remove(cluster) : _entries.SetItem(cluster, Open(member));
            _released = old is null ? _released : Task.WhenAll(_released, old.DisposeAsync().AsTask());
        }
    }

    /// <summary>The objects of a cluster, or null while they have not been listed; and how long that has been tried.</summary>
    public IResourceStore? Find(string cluster, out TimeSpan age)
    {
        var entry = _entries.GetValueOrDefault(cluster);
        age = entry is null ? TimeSpan.Zero : time.GetElapsedTime(entry.OpenedAt);
        return entry is { Informer.HasSynced: true } ? entry.Informer.Store : null;
    }

    /// <summary>Releases all caches and waits until their watches have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Entry[] entries;
        lock (_lock)
        {
            _disposed = true;
            entries = [.. _entries.Values];
            _entries = _entries.Clear();
        }

        foreach (var entry in entries)
        {
            await entry.DisposeAsync();
        }

        await _released;
    }

    private Entry Open(Member member)
    {
        using var _ = ExecutionContext.SuppressFlow();
        var lease = member.Informers.Acquire(type.Target, new InformerOptions
        {
            Namespace = type.IsTargetNamespaced ? targetNamespace : null,
            LabelSelector = FederationLabels.ManagedSelector,
            Transform = WorkloadTransform.Essentials,
        });
        return new Entry(member, lease, time.GetTimestamp(), lease.Informer.AddHandler(new Handler(key => changed(type.FederatedOf(key)))));
    }

    private sealed record Entry(Member Member, InformerLease Lease, long OpenedAt, IDisposable Registration) : IAsyncDisposable
    {
        public IInformer Informer => Lease.Informer;

        public ValueTask DisposeAsync()
        {
            Registration.Dispose();
            return Lease.DisposeAsync();
        }
    }

    private sealed class Handler(Action<NamespacedName> changed) : IInformerHandler
    {
        public void OnAdd(KubeObject value, bool isInInitialList) => changed(value.Key);

        public void OnUpdate(KubeObject old, KubeObject value) => changed(value.Key);

        public void OnDelete(KubeObject last, bool isFinalStateUnknown) => changed(last.Key);
    }
}
