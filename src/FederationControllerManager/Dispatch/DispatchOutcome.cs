using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>How an intent ended.</summary>
/// <param name="Result">The kind of ending.</param>
/// <param name="Object">The object's metadata after a write, or null where it is gone or the request failed.</param>
/// <param name="Message">Why it failed, in the member's own words where it answered; empty on success.</param>
/// <param name="RetryAfter">How long the member wants to be left alone, where it says.</param>
internal readonly record struct DispatchOutcome(DispatchResult Result, KubeObject? Object, string Message, TimeSpan? RetryAfter = null)
{
    public bool Succeeded => Result == DispatchResult.Done;

    /// <summary>Whether the member gave no answer that tells what it did.</summary>
    public bool IsUnanswered => Result is DispatchResult.TimedOut or DispatchResult.Unreachable;

    public static DispatchOutcome Done(KubeObject? value) => new(DispatchResult.Done, value, "");

    public static DispatchOutcome Failed(DispatchResult result, string message, TimeSpan? retryAfter = null) => new(result, null, message, retryAfter);
}
