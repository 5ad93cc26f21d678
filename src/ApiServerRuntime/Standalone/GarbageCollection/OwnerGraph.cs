using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Standalone.GarbageCollection;

/// <summary>
/// Which objects have owners, both ways. Only objects that name owners are kept, so that the memory goes with the number of these. Safe for
/// concurrent use.
/// </summary>
internal sealed class OwnerGraph
{
    private const int MaxGone = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectIdentity, IReadOnlyList<OwnerReference>> _owners = [];
    private readonly Dictionary<string, HashSet<ObjectIdentity>> _dependents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ObjectIdentity> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly Queue<string> _goneOrder = [];

    /// <summary>Takes the owners of an object; false when they are the same as before.</summary>
    public bool Put(ObjectIdentity item, IReadOnlyList<OwnerReference> owners)
    {
        lock (_gate)
        {
            if (_owners.TryGetValue(item, out var before) && before.SequenceEqual(owners))
            {
                return false;
            }

            Unlink(item);
            if (owners.Count > 0)
            {
                _owners[item] = owners;
                foreach (var owner in owners)
                {
                    Of(owner.Uid).Add(item);
                }
            }

            return before is not null || owners.Count > 0;
        }
    }

    /// <summary>Forgets an object that is gone.</summary>
    public void Remove(ObjectIdentity item)
    {
        lock (_gate)
        {
            Unlink(item);
            _waiting.Remove(item.Uid);
            if (_gone.Add(item.Uid))
            {
                _goneOrder.Enqueue(item.Uid);
                if (_goneOrder.Count > MaxGone)
                {
                    _gone.Remove(_goneOrder.Dequeue());
                }
            }
        }
    }

    /// <summary>Remembers an object that waits for its dependents to be deleted.</summary>
    public void Wait(ObjectIdentity item)
    {
        lock (_gate)
        {
            _waiting[item.Uid] = item;
        }
    }

    /// <summary>Whether an object of that UID was seen to be deleted not long ago.</summary>
    public bool WasDeleted(string uid)
    {
        lock (_gate)
        {
            return _gone.Contains(uid);
        }
    }

    /// <summary>The owners that an object names.</summary>
    public IReadOnlyList<OwnerReference> OwnersOf(ObjectIdentity item)
    {
        lock (_gate)
        {
            return _owners.GetValueOrDefault(item, []);
        }
    }

    /// <summary>The owners of an object that wait for their dependents.</summary>
    public IReadOnlyList<ObjectIdentity> WaitingOwnersOf(IEnumerable<OwnerReference> owners)
    {
        lock (_gate)
        {
            return [.. owners.Select(owner => _waiting.GetValueOrDefault(owner.Uid)).Where(static owner => owner.Uid is { Length: > 0 })];
        }
    }

    /// <summary>The objects that name an owner.</summary>
    public IReadOnlyList<ObjectIdentity> DependentsOf(string uid)
    {
        lock (_gate)
        {
            return _dependents.TryGetValue(uid, out var items) ? [.. items] : [];
        }
    }

    /// <summary>Whether an object names an owner that must not go before it.</summary>
    public bool Blocks(ObjectIdentity item, string ownerUid) =>
        OwnersOf(item).Any(owner => owner.Uid == ownerUid && owner.BlockOwnerDeletion == true);

    /// <summary>All objects that name owners.</summary>
    public IReadOnlyList<ObjectIdentity> All()
    {
        lock (_gate)
        {
            return [.. _owners.Keys];
        }
    }

    private HashSet<ObjectIdentity> Of(string uid)
    {
        if (!_dependents.TryGetValue(uid, out var items))
        {
            _dependents[uid] = items = [];
        }

        return items;
    }

    private void Unlink(ObjectIdentity item)
    {
        if (!_owners.Remove(item, out var owners))
        {
            return;
        }

        foreach (var owner in owners)
        {
            if (_dependents.TryGetValue(owner.Uid, out var items) && items.Remove(item) && items.Count == 0)
            {
                _dependents.Remove(owner.Uid);
            }
        }
    }
}
