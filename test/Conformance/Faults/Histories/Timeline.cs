namespace KubeFed.Conformance.Faults.Histories;

/// <summary>The states of one object in revision order; before the first it does not exist.</summary>
internal sealed class Timeline(IEnumerable<Change> changes)
{
    private readonly Change[] _changes = [.. changes];

    public static Timeline Empty { get; } = new([]);

    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>The last change up to a revision; null before the first.</summary>
    public Change? At(long revision)
    {
        int index = FirstAfter(revision);
        return index == 0 ? null : _changes[index - 1];
    }

    /// <summary>The first change after a revision; null after the last.</summary>
    public Change? After(long revision)
    {
        int index = FirstAfter(revision);
        return index == _changes.Length ? null : _changes[index];
    }

    /// <summary>Whether the object was ever in such a state between two revisions, both included.</summary>
    public bool Any(long from, long to, Func<Change?, bool> state)
    {
        if (from > to)
        {
            return false;
        }

        if (state(At(from)))
        {
            return true;
        }

        for (int i = FirstAfter(from); i < _changes.Length && _changes[i].Revision <= to; i++)
        {
            if (state(_changes[i]))
            {
                return true;
            }
        }

        return false;
    }

    private int FirstAfter(long revision)
    {
        int index = Array.FindIndex(_changes, change => change.Revision > revision);
        return index < 0 ? _changes.Length : index;
    }
}
