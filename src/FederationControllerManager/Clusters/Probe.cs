namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>One health probe.</summary>
/// <param name="State">What it found.</param>
/// <param name="Message">Why it is not ready, for a person; empty when it is.</param>
internal readonly record struct Probe(ProbeState State, string Message)
{
    public bool IsReady => State == ProbeState.Ready;
}
