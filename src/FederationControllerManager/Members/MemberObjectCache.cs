using System.Collections.Concurrent;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Members;

/// <summary>
/// The metadata of one type's labelled objects in one member, never older than what the control plane itself wrote: the
/// answers of its own writes stand until the watch has caught up with them. So a reconcile right after a write neither
/// repeats it nor undoes it.
/// </summary>
internal sealed class MemberObjectCache : IInformerHandler, IDisposable
{
    private readonly IInformer _informer;
    private readonly Action<NamespacedName> _changed;
    private readonly Action<NamespacedName>? _statusChanged;
    private readonly ConcurrentDictionary<NamespacedName, OwnWrite> _ownWrites = new();
    private readonly IDisposable _registration;
    private readonly TimeProvider _time;
    private readonly long _openedAt;
    private long _refusedSince;
    private volatile bool _isStale;

    /// <param name="informer">Watches the member for labelled objects.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Told the key of every object that others changed in the member; must not block.</param>
    /// <param name="statusChanged">Told the key of every object whose status changed, where the informer keeps the status; must not block.</param>
    public MemberObjectCache(
        IInformer informer, TimeProvider time, Action<NamespacedName> changed, Action<NamespacedName>? statusChanged = null)
    {
        _informer = informer;
        _changed = changed;
        _statusChanged = statusChanged;
        _time = time;
        _openedAt = time.GetTimestamp();
        _registration = informer.AddHandler(this);
    }

    /// <summary>Whether the first list is in.</summary>
    public bool HasSynced => _informer.HasSynced;

    /// <summary>
    /// Whether what it shows is out of date, because the member has been refusing for a while to have the type watched: a right is
    /// missing, or the type is gone.
    /// </summary>
    public bool IsStale => _isStale;

    /// <summary>How long ago it was opened.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_openedAt);

    /// <summary>Why the member cannot be listed or watched at present, or null.</summary>
    public Exception? LastError => _informer.LastError;

    /// <summary>Completes when the first list is in.</summary>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _informer.WaitForSyncAsync(cancellationToken);

    /// <summary>The keys of all labelled objects that the watch has shown.</summary>
    public IEnumerable<NamespacedName> Keys() => _informer.Store.List().Select(static o => o.Key);

    /// <summary>The object's metadata, or null where the member has no labelled object of that name.</summary>
    public KubeObject? Get(NamespacedName key)
    {
        // Before the store: the version must not be newer than what the store shows.
        var seen = _informer.LastResourceVersion;
        var stored = _informer.Store.Get(key);
        if (!_ownWrites.TryGetValue(key, out var own))
        {
            return stored;
        }

        // What the watch shows now, not what it showed before: the write may have been noted in between.
        if (own.IsCaughtUp(stored, seen) || !ResourceVersions.IsAtLeast(_informer.LastResourceVersion, own.Seen))
        {
            _ownWrites.TryRemove(new KeyValuePair<NamespacedName, OwnWrite>(key, own));
            return stored;
        }

        return own.Written;
    }

    /// <summary>The object's status as the watch shows it, as JSON, or null where it has none or is not known.</summary>
    public ReadOnlyMemory<byte>? StatusOf(NamespacedName key) =>
        _informer.Store.Get(key) is { } stored && stored.TryGetRaw(out var status, "status")
            ? status
            : (ReadOnlyMemory<byte>?)null;

    /// <summary>Looks whether the member still lets the type be watched. Returns whether <see cref="IsStale"/> has changed.</summary>
    public bool UpdateStaleness(TimeSpan tolerance)
    {
        var before = _isStale;
        if (HasSynced && LastError is StatusException { Code: >= 400 and < 500, IsExpired: false, IsTooManyRequests: false })
        {
            _refusedSince = _refusedSince != 0 ? _refusedSince : _time.GetTimestamp();
            _isStale = _time.GetElapsedTime(_refusedSince) >= tolerance;
        }
        else
        {
            _refusedSince = 0;
            _isStale = false;
        }

        return before != _isStale;
    }

    /// <summary>Notes what the member answered to a write.</summary>
    public void NoteWritten(NamespacedName key, KubeObject written) => _ownWrites[key] = new OwnWrite(written, null, _informer.LastResourceVersion);

    /// <summary>Notes that the member has deleted the object of that UID.</summary>
    public void NoteDeleted(NamespacedName key, string? uid) => _ownWrites[key] = new OwnWrite(null, uid, _informer.LastResourceVersion);

    /// <inheritdoc/>
    public void OnAdd(KubeObject value, bool isInInitialList)
    {
        if (!IsOwnWrite(value))
        {
            _changed(value.Key);
        }

        TellStatus(null, value);
    }

    /// <inheritdoc/>
    public void OnUpdate(KubeObject old, KubeObject value)
    {
        if (!IsOwnWrite(value) && !IsStatusOnly(old.Metadata, value.Metadata))
        {
            _changed(value.Key);
        }

        TellStatus(old, value);
    }

    /// <inheritdoc/>
    public void OnDelete(KubeObject last, bool isFinalStateUnknown)
    {
        if (_ownWrites.TryGetValue(last.Key, out var own) && own.IsEndedBy(last))
        {
            _ownWrites.TryRemove(new KeyValuePair<NamespacedName, OwnWrite>(last.Key, own));
        }

        _changed(last.Key);
    }

    public void Dispose() => _registration.Dispose();

    private void TellStatus(KubeObject? old, KubeObject value)
    {
        if (_statusChanged is null)
        {
            return;
        }

        ReadOnlyMemory<byte> before = default;
        value.TryGetRaw(out var after, "status");
        old?.TryGetRaw(out before, "status");
        if (!before.Span.SequenceEqual(after.Span))
        {
            _statusChanged(value.Key);
        }
    }

    /// <summary>Whether the watch only shows what we wrote ourselves: whoever wrote it looks again anyway.</summary>
    private bool IsOwnWrite(KubeObject value) =>
        _ownWrites.TryGetValue(value.Key, out var own)
        && own.Written?.Metadata.ResourceVersion == value.Metadata.ResourceVersion
        && _ownWrites.TryRemove(new KeyValuePair<NamespacedName, OwnWrite>(value.Key, own));

    /// <summary>Where a type counts generations, a change of none of these was one of its status.</summary>
    private static bool IsStatusOnly(ObjectMeta old, ObjectMeta value) =>
        value.Generation != 0
        && old.Generation == value.Generation
        && old.Uid == value.Uid
        && old.IsDeleting == value.IsDeleting
        && old.Labels.Equals(value.Labels)
        && old.Annotations.Equals(value.Annotations);

    /// <param name="Written">The state after the write, or null after a deletion.</param>
    /// <param name="DeletedUid">After a deletion, what was deleted.</param>
    /// <param name="Seen">What the watch had come to then. Where it later shows less, the member was put back, and the write is undone.</param>
    private sealed record OwnWrite(KubeObject? Written, string? DeletedUid, string Seen)
    {
        public bool IsCaughtUp(KubeObject? stored, string seen)
        {
            if (Written is null)
            {
                return stored is null || stored.Metadata.Uid != DeletedUid;
            }

            return stored is not null
                ? ResourceVersions.IsAtLeast(stored.Metadata.ResourceVersion, Written.Metadata.ResourceVersion)
                : ResourceVersions.IsAtLeast(seen, Written.Metadata.ResourceVersion);
        }

        public bool IsEndedBy(KubeObject deleted) => Written is null
            ? deleted.Metadata.Uid == DeletedUid
            : ResourceVersions.IsAtLeast(deleted.Metadata.ResourceVersion, Written.Metadata.ResourceVersion);
    }
}
