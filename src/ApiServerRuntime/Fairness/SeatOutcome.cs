namespace KubeFed.ApiServerRuntime.Fairness;

/// <summary>Whether a request got a seat.</summary>
internal enum SeatOutcome
{
    /// <summary>It did; it must be given back.</summary>
    Taken,

    /// <summary>Too many wait already.</summary>
    QueueFull,

    /// <summary>It waited as long as it may.</summary>
    TimedOut,
}
