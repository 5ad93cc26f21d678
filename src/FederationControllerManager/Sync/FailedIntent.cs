using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Dispatch;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>A request that failed: the same one waits, another does not.</summary>
/// <param name="Action">What was to be done.</param>
/// <param name="ContentHash">With what content.</param>
/// <param name="Result">How it failed.</param>
/// <param name="Message">Why, in the member's own words where it answered.</param>
/// <param name="Existed">Whether the object was there before, so that an apply was an update.</param>
/// <param name="Count">Failures in a row.</param>
/// <param name="RetryAt">When it may be tried again (a timestamp).</param>
internal sealed record FailedIntent(
    DispatchAction Action, string ContentHash, DispatchResult Result, string Message, bool Existed, int Count, long RetryAt)
{
    /// <summary>Whether an intent asks for the same.</summary>
    public bool IsOf(DispatchIntent intent) => Action == intent.Action && ContentHash == intent.ContentHash;

    /// <summary>What the object's status says of it.</summary>
    public string Status => StatusOf(Action, Existed, Result);

    /// <summary>The status value for a request that failed in such a way.</summary>
    public static string StatusOf(DispatchAction action, bool existed, DispatchResult result)
    {
        var timedOut = result == DispatchResult.TimedOut;
        return action switch
        {
            _ when result == DispatchResult.AlreadyExists => PropagationStatus.AlreadyExists,
            DispatchAction.Delete => timedOut ? PropagationStatus.DeletionTimedOut : PropagationStatus.DeletionFailed,
            DispatchAction.RemoveManagedLabel => timedOut ? PropagationStatus.LabelRemovalTimedOut : PropagationStatus.LabelRemovalFailed,
            DispatchAction.Verify => PropagationStatus.RetrievalFailed,
            _ when existed => timedOut ? PropagationStatus.UpdateTimedOut : PropagationStatus.UpdateFailed,
            _ => timedOut ? PropagationStatus.CreationTimedOut : PropagationStatus.CreationFailed,
        };
    }
}
