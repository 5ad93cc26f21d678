namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>What a health probe found.</summary>
internal enum ProbeState
{
    /// <summary><c>/healthz</c> answered <c>ok</c>.</summary>
    Ready,

    /// <summary><c>/healthz</c> answered, but not <c>ok</c>.</summary>
    NotReady,

    /// <summary>No answer, or an error.</summary>
    Offline,
}
