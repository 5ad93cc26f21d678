namespace KubeFed.ApiServerRuntime.Storage.Watching;

/// <summary>What happened at each of a run of revisions without a gap, found by revision. Grows as needed; its owner bounds it.</summary>
/// <param name="floor">The revision before the first that will be added.</param>
internal sealed class RevisionRing<T>(long floor)
{
    private T[] _slots = new T[64];
    private int _start;

    /// <summary>The revision before the oldest entry.</summary>
    internal long Floor { get; private set; } = floor;

    internal int Count { get; private set; }

    /// <summary>The revision of the newest entry; the floor when there is none.</summary>
    internal long Last => Floor + Count;

    internal T this[long revision]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(revision, Floor);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(revision, Last);
            return _slots[SlotOf((int)(revision - Floor - 1))];
        }
    }

    internal void Append(T item)
    {
        if (Count == _slots.Length)
        {
            Grow();
        }

        _slots[SlotOf(Count)] = item;
        Count++;
    }

    /// <summary>Forgets the oldest entry, of which there must be one.</summary>
    internal T DropOldest()
    {
        var item = _slots[_start];
        _slots[_start] = default!;
        _start = SlotOf(1);
        Count--;
        Floor++;
        return item;
    }

    private void Grow()
    {
        var larger = new T[_slots.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = _slots[SlotOf(i)];
        }

        _slots = larger;
        _start = 0;
    }

    private int SlotOf(int index) => (_start + index) & (_slots.Length - 1);
}
