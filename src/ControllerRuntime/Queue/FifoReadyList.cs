using System.Diagnostics.CodeAnalysis;

namespace KubeFed.ControllerRuntime.Queue;

internal sealed class FifoReadyList<TKey> : IReadyList<TKey>
    where TKey : notnull
{
    private readonly Queue<QueueEntry<TKey>> _entries = new();

    public int Count => _entries.Count;

    public void Enqueue(QueueEntry<TKey> entry) => _entries.Enqueue(entry);

    public void Promote(QueueEntry<TKey> entry)
    {
        // Knows no priorities.
    }

    public bool TryDequeue([NotNullWhen(true)] out QueueEntry<TKey>? entry) => _entries.TryDequeue(out entry);
}
