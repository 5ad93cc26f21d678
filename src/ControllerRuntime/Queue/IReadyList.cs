using System.Diagnostics.CodeAnalysis;

namespace KubeFed.ControllerRuntime.Queue;

/// <summary>The order in which ready keys are handed out.</summary>
internal interface IReadyList<TKey>
    where TKey : notnull
{
    int Count { get; }

    void Enqueue(QueueEntry<TKey> entry);

    /// <summary>An entry that is in the list no longer has low priority.</summary>
    void Promote(QueueEntry<TKey> entry);

    bool TryDequeue([NotNullWhen(true)] out QueueEntry<TKey>? entry);
}
