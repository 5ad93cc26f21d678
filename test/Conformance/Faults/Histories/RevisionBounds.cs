namespace KubeFed.Conformance.Faults.Histories;

/// <summary>Which revisions the store can have been at, at a time, by what everybody knew before and asked for after it.</summary>
internal sealed class RevisionBounds
{
    private readonly (long Time, long Revision)[] _seen;
    private readonly (long Time, long Revision)[] _begun;

    /// <param name="seen">When somebody knew that a revision had been reached.</param>
    /// <param name="begun">When writes were begun that took a revision.</param>
    public RevisionBounds(IEnumerable<(long Time, long Revision)> seen, IEnumerable<(long Time, long Revision)> begun)
    {
        _seen = [.. seen.Order()];
        for (int i = 1; i < _seen.Length; i++)
        {
            _seen[i].Revision = Math.Max(_seen[i].Revision, _seen[i - 1].Revision);
        }

        _begun = [.. begun.Order()];
        for (int i = _begun.Length - 2; i >= 0; i--)
        {
            _begun[i].Revision = Math.Min(_begun[i].Revision, _begun[i + 1].Revision);
        }
    }

    /// <summary>The highest revision that was known to somebody before a time.</summary>
    public long SeenBefore(long time)
    {
        int index = FirstAtOrAfter(_seen, time);
        return index == 0 ? 0 : _seen[index - 1].Revision;
    }

    /// <summary>A revision that had not been reached yet at a time, since the write that took it was begun after that.</summary>
    public long NotReachedAt(long time)
    {
        int index = FirstAtOrAfter(_begun, time + 1);
        return index == _begun.Length ? long.MaxValue : _begun[index].Revision;
    }

    private static int FirstAtOrAfter((long Time, long Revision)[] entries, long time)
    {
        int low = 0;
        for (int high = entries.Length; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = entries[middle].Time < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
