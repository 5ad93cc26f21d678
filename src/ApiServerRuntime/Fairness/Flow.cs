namespace KubeFed.ApiServerRuntime.Fairness;

/// <summary>The requests of one user at one level. Guarded by the level's lock; used again for another user when it is idle.</summary>
internal sealed class Flow
{
    /// <summary>Whose requests they are.</summary>
    public string User { get; set; } = string.Empty;

    /// <summary>How many are answered now.</summary>
    public int Running { get; set; }

    /// <summary>When it was last given a seat out of the queue: the smaller, the longer ago.</summary>
    public long ServedAt { get; set; }

    /// <summary>Those that wait, the oldest first.</summary>
    public LinkedList<SeatWaiter> Waiting { get; } = [];

    public bool IsIdle => Running == 0 && Waiting.Count == 0;
}
