namespace KubeFed.Hyperfed.Playground.Fleets;

/// <summary>Tells how the federation is, and when that changes. Safe for concurrent use.</summary>
internal interface IFleetFeed
{
    /// <summary>How it is now.</summary>
    Fleet Current { get; }

    /// <summary>
    /// Completes at the next change. Who takes it before <see cref="Current"/> misses none; several changes in a row may be told as one.
    /// </summary>
    Task NextChange { get; }
}
