namespace KubeFed.FederationControllerManager.Sync;

/// <summary>What a reconcile found about one cluster.</summary>
/// <param name="Kind">What the status must do about it.</param>
/// <param name="Status">The cluster's value in the status; empty for all well.</param>
/// <param name="Message">Why, for a person.</param>
/// <param name="LookAgainIn">When to look again at the latest, or null for when something changes.</param>
internal readonly record struct ClusterVerdict(VerdictKind Kind, string Status, string Message, TimeSpan? LookAgainIn)
{
    /// <summary>The cluster has no part in the object's status.</summary>
    public static ClusterVerdict None => new(VerdictKind.None, "", "", null);

    /// <summary>The cluster's entry says this.</summary>
    public static ClusterVerdict Report(string status, string message = "", TimeSpan? lookAgainIn = null) =>
        new(VerdictKind.Report, status, message, lookAgainIn);

    /// <summary>Something is under way; the status waits for it, but not longer than this.</summary>
    public static ClusterVerdict Pending(TimeSpan atMost) => new(VerdictKind.Pending, "", "", atMost);
}
