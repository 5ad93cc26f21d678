using System.Diagnostics.CodeAnalysis;

namespace KubeFed.ControllerRuntime.Queue;

/// <summary>
/// Two lists, of normal and of low priority. Low ones are handed out when there are no others, and once after every seven others, so that
/// they are slow under load but never starve.
/// </summary>
internal sealed class PriorityReadyList<TKey>(Func<IReadyList<TKey>> createList) : IReadyList<TKey>
    where TKey : notnull
{
    private const int NormalInARow = 7;

    private readonly IReadyList<TKey> _normal = createList();
    private IReadyList<TKey>? _low;
    private int _inARow;

    public int Count { get; private set; }

    public void Enqueue(QueueEntry<TKey> entry)
    {
        (entry.IsLow ? _low ??= createList() : _normal).Enqueue(entry);
        Count++;
    }

    /// <summary>The place that the entry had among the low ones is void from now on: its flag says so when its turn comes.</summary>
    public void Promote(QueueEntry<TKey> entry) => _normal.Enqueue(entry);

    public bool TryDequeue([NotNullWhen(true)] out QueueEntry<TKey>? entry)
    {
        var lowFirst = _inARow >= NormalInARow;
        if ((lowFirst && TryDequeueFrom(_low, out entry))
            || TryDequeueFrom(_normal, out entry)
            || TryDequeueFrom(_low, out entry))
        {
            _inARow = entry.IsLow ? 0 : _inARow + 1;
            Count--;
            return true;
        }

        return false;
    }

    private bool TryDequeueFrom(IReadyList<TKey>? list, [NotNullWhen(true)] out QueueEntry<TKey>? entry)
    {
        entry = null;
        while (list?.TryDequeue(out entry) == true)
        {
            if (entry.IsDirty && !entry.IsProcessing && entry.IsLow == ReferenceEquals(list, _low))
            {
                return true;
            }
        }

        entry = null;
        return false;
    }
}
