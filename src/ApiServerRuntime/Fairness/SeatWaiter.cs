namespace KubeFed.ApiServerRuntime.Fairness;

/// <summary>A request that waits for a seat.</summary>
internal sealed class SeatWaiter(Flow flow) : TaskCompletionSource<SeatOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Whose it is.</summary>
    public Flow Flow { get; } = flow;

    /// <summary>Where it waits; detached once it is decided.</summary>
    public LinkedListNode<SeatWaiter>? Place { get; set; }
}
