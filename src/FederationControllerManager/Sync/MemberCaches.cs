using System.Collections.Immutable;
using KubeFed.ApiMachinery.Meta;
using KubeFed.FederationApis;
using KubeFed.FederationControllerManager.Members;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// The caches of one type's labelled objects, one for each member. They hold metadata only; objects that are not ours
/// are not in them. A member whose cache cannot be filled holds up nobody else.
/// </summary>
internal sealed class MemberCaches : IAsyncDisposable
{
    private static readonly TimeSpan StalenessPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StalenessTolerance = TimeSpan.FromSeconds(15);

    private readonly FederatedType _type;
    private readonly string? _targetNamespace;
    private readonly TimeProvider _time;
    private readonly ICacheObserver _observer;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private Task _released = Task.CompletedTask;
    private volatile ImmutableDictionary<string, Entry> _entries = ImmutableDictionary<string, Entry>.Empty.WithComparers(StringComparer.Ordinal);

    /// <param name="type">The type.</param>
    /// <param name="targetNamespace">The only namespace to look at, or null for all.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Hears of changes.</param>
    public MemberCaches(FederatedType type, string? targetNamespace, TimeProvider time, ICacheObserver observer)
    {
        _type = type;
        _targetNamespace = targetNamespace;
        _time = time;
        _observer = observer;
        _timer = time.CreateTimer(static state => ((MemberCaches)state!).CheckStaleness(), this, StalenessPeriod, StalenessPeriod);
    }

    /// <summary>The cache of a member, or null where there is none for this very connection.</summary>
    public MemberObjectCache? Get(Member member) =>
        _entries.TryGetValue(member.Name, out var entry) && ReferenceEquals(entry.Member, member) ? entry.Cache : null;

    /// <summary>The cache of a cluster whatever its connection, or null.</summary>
    public MemberObjectCache? Find(string cluster) => _entries.GetValueOrDefault(cluster)?.Cache;

    /// <summary>Follows a change of a cluster: a new connection gets a new cache, a removed cluster loses its own.</summary>
    public void Follow(string cluster, Member? member)
    {
        lock (_lock)
        {
            var old = _entries.GetValueOrDefault(cluster);
            if (ReferenceEquals(old?.Member, member))
            {
                return;
            }

            _entries = member is null ? _entries.Remove(cluster) : _entries.SetItem(cluster, Open(member));
            _released = old is null ? _released : Task.WhenAll(_released, old.DisposeAsync().AsTask());
        }
    }

    /// <summary>Releases all caches and waits until their watches have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Entry[] entries;
        lock (_lock)
        {
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
        var lease = member.Informers.Acquire(_type.Target, new InformerOptions
        {
            Namespace = _type.IsTargetNamespaced ? _targetNamespace : null,
            // With any value: an object labelled "false" has opted out and must be known, not overwritten.
            LabelSelector = FederationLabels.Managed,
            Representation = _type.KeepsStatus ? default : Representation.Metadata,
            Transform = _type.KeepsStatus ? InformerTransforms.MetadataAndStatus : InformerTransforms.MetadataEssentials,
        });
        var cache = new MemberObjectCache(
            lease.Informer, _time, _observer.OnObjectChanged, _type.KeepsStatus ? _observer.OnStatusChanged : null);
        return new Entry(member, lease, cache, _observer.OnCacheSynced);
    }

    private void CheckStaleness()
    {
        foreach (var entry in _entries.Values)
        {
            if (entry.Cache.UpdateStaleness(StalenessTolerance))
            {
                _observer.OnCacheSynced(entry.Cache);
            }
        }
    }

    private sealed class Entry : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly InformerLease _lease;

        public Entry(Member member, InformerLease lease, MemberObjectCache cache, Action<MemberObjectCache> synced)
        {
            Member = member;
            Cache = cache;
            _lease = lease;
            _ = TellWhenSyncedAsync(synced, _stopping.Token);
        }

        public Member Member { get; }

        public MemberObjectCache Cache { get; }

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            Cache.Dispose();
            await _lease.DisposeAsync();
            _stopping.Dispose();
        }

        private async Task TellWhenSyncedAsync(Action<MemberObjectCache> synced, CancellationToken cancellationToken)
        {
            try
            {
                await Cache.WaitForSyncAsync(cancellationToken);
                synced(Cache);
            }
            catch (OperationCanceledException)
            {
                // The cache was released first.
            }
        }
    }
}
