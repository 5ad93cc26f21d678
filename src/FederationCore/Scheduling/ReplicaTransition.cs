namespace KubeFed.FederationCore.Scheduling;

/// <summary>
/// Leads from what the clusters are asked for now to a plan, one step at a time: replicas are added where they shall be and, when enough are
/// ready, taken away where they shall not. Pure: what happened before and the time are given.
/// </summary>
/// <remarks>
/// Of the healthy clusters' ready replicas no step takes so many that fewer remain than the plan wants, or than were ready when the transition
/// began, if that is less. No replica is added where the plan wants none and none taken away where it wants it, so with a plan that stays
/// exactly the difference is moved. Replicas that are not ready go first, as Kubernetes itself does it.
/// </remarks>
public static class ReplicaTransition
{
    /// <summary>Takes the next step.</summary>
    /// <param name="clusters">All clusters that are asked for replicas or are to be, each name once.</param>
    /// <param name="limits">How fast replicas move.</param>
    /// <param name="before">The state of the step before; null for the first.</param>
    /// <param name="now">The time.</param>
    public static TransitionStep Next(
        IReadOnlyList<TransitionCluster> clusters, TransitionLimits limits, TransitionState? before, DateTimeOffset now) =>
        new TransitionRun(clusters, limits, before, now).Step();
}
