namespace KubeFed.FederationCore.Scheduling;

/// <summary>What the rest of a transition waits for.</summary>
public enum TransitionWait
{
    /// <summary>Nothing: every cluster is asked for what it is to have.</summary>
    Nothing,

    /// <summary>Replicas that have been asked for must become ready, or clusters healthy.</summary>
    Readiness,

    /// <summary>As many replicas as allowed have begun to move in this interval.</summary>
    Interval,
}
