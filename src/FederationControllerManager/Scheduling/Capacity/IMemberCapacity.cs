namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>
/// What fits into the members beside what runs there. Nothing is collected, and nothing is known, unless someone asks for it.
/// </summary>
internal interface IMemberCapacity
{
    /// <summary>Collects from all members until the result is disposed.</summary>
    /// <param name="changed">Called with a cluster's name when what is known of it has changed; must not block.</param>
    IDisposable Collect(Action<string> changed);

    /// <summary>
    /// How many more pods of this footprint fit on a cluster's nodes, as of its last collection; null when that has not been, has failed for
    /// too long, or nobody collects.
    /// </summary>
    long? FreeReplicas(string cluster, PodFootprint footprint);

    /// <summary>Asks for a collection from a cluster soon, since something changed there.</summary>
    void Refresh(string cluster);
}
