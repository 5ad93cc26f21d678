using KubeFed.FederationControllerManager.Dispatch;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>When a failed request is tried again. A change of the object, or of what it should be, never waits.</summary>
internal static class RetryDelays
{
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(60);

    /// <summary>The delay after so many failures in a row (1 for the first).</summary>
    public static TimeSpan After(DispatchResult result, int failures)
    {
        var first = result switch
        {
            // Often a namespace that is just being made, or a race that is over at once.
            DispatchResult.Failed => TimeSpan.FromMilliseconds(250),
            DispatchResult.AlreadyExists => Cap,
            _ => TimeSpan.FromSeconds(5),
        };
        var delay = first * Math.Pow(2, Math.Min(failures - 1, 20));
        return delay < Cap ? delay : Cap;
    }
}
