namespace KubeFed.FederationCore.Scheduling;

/// <summary>Where one cluster is and where it is to come.</summary>
/// <param name="Name">The cluster's name.</param>
/// <param name="Asked">Replicas that are asked of it now; 0 when none ever were.</param>
/// <param name="Target">Replicas that the plan gives it.</param>
public sealed record TransitionCluster(string Name, long Asked, long Target)
{
    /// <summary>Replicas that are ready there; null when that is not known, and then nothing is taken from it.</summary>
    public long? Ready { get; init; }

    /// <summary>
    /// Whether it can be relied on; true by default. What an unhealthy cluster has counts for nothing, so it is made up for elsewhere at once;
    /// it gets no more, and loses what it has when the healthy clusters have all that they are to have.
    /// </summary>
    public bool IsHealthy { get; init; } = true;

    internal long ReadyNow => Math.Clamp(Ready ?? 0, 0, Asked);

    internal long Lacking => Math.Max(0, Target - Asked);

    internal long Excess => Math.Max(0, Asked - Target);
}
