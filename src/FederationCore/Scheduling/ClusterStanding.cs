namespace KubeFed.FederationCore.Scheduling;

/// <summary>Whether a cluster takes part in a plan.</summary>
public enum ClusterStanding
{
    /// <summary>It takes part.</summary>
    Open,

    /// <summary>It takes part but gets no more than it has: it is not ready, or was so a moment ago.</summary>
    Held,

    /// <summary>It gets nothing: it has not been ready for too long.</summary>
    Excluded,
}
