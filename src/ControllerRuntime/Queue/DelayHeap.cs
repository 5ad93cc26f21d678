namespace KubeFed.ControllerRuntime.Queue;

/// <summary>A binary heap of entries by due time whose entries know their place, so that any can be moved or removed in O(log n).</summary>
internal sealed class DelayHeap<TKey>
    where TKey : notnull
{
    private readonly List<QueueEntry<TKey>> _items = [];

    public int Count => _items.Count;

    public QueueEntry<TKey> Earliest => _items[0];

    public void Add(QueueEntry<TKey> entry, long dueAt)
    {
        entry.DueAt = dueAt;
        _items.Add(entry);
        Place(entry, _items.Count - 1);
        MoveUp(entry);
    }

    public void MoveEarlier(QueueEntry<TKey> entry, long dueAt)
    {
        entry.DueAt = dueAt;
        MoveUp(entry);
    }

    public void Remove(QueueEntry<TKey> entry)
    {
        var last = _items[^1];
        var hole = entry.HeapIndex;
        _items.RemoveAt(_items.Count - 1);
        entry.HeapIndex = QueueEntry<TKey>.NotDelayed;
        if (!ReferenceEquals(last, entry))
        {
            Place(last, hole);
            MoveUp(last);
            MoveDown(last);
        }
    }

    public void Clear(Action<QueueEntry<TKey>> removed)
    {
        foreach (var entry in _items)
        {
            entry.HeapIndex = QueueEntry<TKey>.NotDelayed;
            removed(entry);
        }

        _items.Clear();
    }

    private void MoveUp(QueueEntry<TKey> entry)
    {
        var index = entry.HeapIndex;
        while (index > 0 && _items[(index - 1) / 2] is var parent && parent.DueAt > entry.DueAt)
        {
            Place(parent, index);
            index = (index - 1) / 2;
        }

        Place(entry, index);
    }

    private void MoveDown(QueueEntry<TKey> entry)
    {
        var index = entry.HeapIndex;
        while (EarlierChild(index) is var child && child >= 0 && _items[child].DueAt < entry.DueAt)
        {
            Place(_items[child], index);
            index = child;
        }

        Place(entry, index);
    }

    private int EarlierChild(int index)
    {
        var left = (2 * index) + 1;
        if (left >= _items.Count)
        {
            return -1;
        }

        var right = left + 1;
        return right < _items.Count && _items[right].DueAt < _items[left].DueAt ? right : left;
    }

    private void Place(QueueEntry<TKey> entry, int index)
    {
        _items[index] = entry;
        entry.HeapIndex = index;
    }
}
