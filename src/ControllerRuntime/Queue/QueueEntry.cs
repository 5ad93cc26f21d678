namespace KubeFed.ControllerRuntime.Queue;

/// <summary>A key that is ready, running, delayed or has failed; keys with none of these have no entry.</summary>
internal sealed class QueueEntry<TKey>(TKey key)
    where TKey : notnull
{
    public const int NotDelayed = -1;

    public readonly TKey Key = key;

    /// <summary>Work has been asked for that no worker has begun.</summary>
    public bool IsDirty;

    /// <summary>Whether the pending delivery may wait for others.</summary>
    public bool IsLow;

    public bool IsProcessing;

    public int Failures;

    /// <summary>The place in the <see cref="DelayHeap{TKey}"/>.</summary>
    public int HeapIndex = NotDelayed;

    /// <summary>Timestamp of the delayed delivery, while there is one.</summary>
    public long DueAt;

    /// <summary>Whether the delayed delivery may wait for others when it is due.</summary>
    public bool IsDelayedLow;

    public long DirtySince;

    public long ProcessingSince;

    public bool IsDelayed => HeapIndex != NotDelayed;

    public bool IsIdle => !IsDirty && !IsProcessing && !IsDelayed && Failures == 0;
}
