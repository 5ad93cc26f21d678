namespace KubeFed.ApiMachinery.Apply;

/// <summary>The entries of an object's managedFields while an operation changes them.</summary>
internal sealed class ManagedFields
{
    /// <summary>Entries of updates that are kept apart; the oldest beyond become one.</summary>
    public const int MaxUpdateEntries = 10;

    private const string AncientChanges = "ancient-changes";
    private readonly List<OwnedFields> _entries;

    public ManagedFields(List<OwnedFields> entries) => _entries = entries;

    public static ManagedFields None => new([]);

    public IReadOnlyList<OwnedFields> Entries => _entries;

    public bool IsEmpty => _entries.Count == 0;

    public ManagedFields Copy() => new([.. _entries]);

    public OwnedFields? Find(FieldOwner owner) => _entries.Find(e => e.Owner == owner);

    /// <summary>Puts an entry in the place of the one with the same owner; one without fields is left out.</summary>
    public void Put(OwnedFields entry)
    {
        var at = _entries.FindIndex(e => e.Owner == entry.Owner);
        if (entry.Fields.IsEmpty)
        {
            if (at >= 0)
            {
                _entries.RemoveAt(at);
            }
        }
        else if (at >= 0)
        {
            _entries[at] = entry;
        }
        else
        {
            _entries.Add(entry);
        }
    }

    /// <summary>Lets <paramref name="change"/> replace every entry; null and entries without fields are dropped.</summary>
    public void ReplaceAll(Func<OwnedFields, OwnedFields?> change)
    {
        var kept = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            if (change(_entries[i]) is { Fields.IsEmpty: false } entry)
            {
                _entries[kept++] = entry;
            }
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    /// <summary>Sorts as managedFields is sorted: appliers first, then by time and name.</summary>
    public void Sort() => _entries.Sort(Compare);

    /// <summary>Joins the oldest entries of updates of one version until there are no more than <see cref="MaxUpdateEntries"/>.</summary>
    public void Cap()
    {
        var updates = _entries.FindAll(e => !e.Owner.Applies);
        if (updates.Count <= MaxUpdateEntries)
        {
            return;
        }

        updates.Sort(static (a, b) => a.Seconds != b.Seconds ? a.Seconds.CompareTo(b.Seconds) : a.Owner.CompareTo(b.Owner));
        var excess = updates.Count - MaxUpdateEntries;
        var firsts = new Dictionary<string, OwnedFields>(StringComparer.Ordinal);
        foreach (var entry in updates)
        {
            if (excess == 0)
            {
                break;
            }

            if (firsts.TryAdd(entry.ApiVersion, entry))
            {
                continue;
            }

            Bury(firsts[entry.ApiVersion], entry);
            excess--;
        }
    }

    /// <summary>Whether the entries are the same but for their times and order.</summary>
    public bool SameFields(ManagedFields other)
    {
        if (_entries.Count != other._entries.Count)
        {
            return false;
        }

        foreach (var entry in _entries)
        {
            if (other.Find(entry.Owner) is not { } same || same.ApiVersion != entry.ApiVersion || !same.Fields.Equals(entry.Fields))
            {
                return false;
            }
        }

        return true;
    }

    private void Bury(OwnedFields first, OwnedFields entry)
    {
        var owner = new FieldOwner(AncientChanges, Applies: false, entry.ApiVersion, "");
        if (Find(owner) is null)
        {
            _entries.Remove(first);
            _entries.Add(first with { Owner = owner });
        }

        var bucket = Find(owner)!;
        _entries.RemoveAll(e => e.Owner == entry.Owner);
        Put(bucket with { Fields = bucket.Fields.Union(entry.Fields), Time = entry.Time });
    }

    private static int Compare(OwnedFields a, OwnedFields b)
    {
        if (a.Owner.Applies != b.Owner.Applies)
        {
            return a.Owner.Applies ? -1 : 1;
        }

        var order = a.Seconds.CompareTo(b.Seconds);
        order = order != 0 ? order : string.CompareOrdinal(a.Owner.Manager, b.Owner.Manager);
        order = order != 0 ? order : string.CompareOrdinal(a.ApiVersion, b.ApiVersion);
        return order != 0 ? order : string.CompareOrdinal(a.Owner.Subresource, b.Owner.Subresource);
    }
}
