namespace KubeFed.FederationCore.Scheduling;

/// <summary>
/// Decides from a cluster's Ready condition whether it takes part in scheduling. Pure. A cluster that is not ready is held; when that has
/// lasted for the toleration, it is excluded. A cluster that is ready again stays as it was until it has been so for the hysteresis, so one
/// that flaps neither gets replicas nor, by its short spells of readiness, escapes the toleration.
/// </summary>
public static class ClusterReadiness
{
    /// <summary>Judges a cluster.</summary>
    /// <param name="isReady">Whether its Ready condition is true; an absent condition is not.</param>
    /// <param name="since">When the condition last changed.</param>
    /// <param name="now">The time.</param>
    /// <param name="policy">How patient to be.</param>
    /// <param name="before">What was thought of it before; null when it has never been judged, and then a ready cluster takes part at once.</param>
    public static ReadinessVerdict Judge(bool isReady, DateTimeOffset since, DateTimeOffset now, ReadinessPolicy policy, ReadinessState? before)
    {
        var elapsed = now > since ? now - since : TimeSpan.Zero;
        return isReady ? OfReady(elapsed, policy, before) : OfNotReady(since, now, policy, before);
    }

    private static ReadinessVerdict OfReady(TimeSpan elapsed, ReadinessPolicy policy, ReadinessState? before)
    {
        if (before is null or { Standing: ClusterStanding.Open } || elapsed >= policy.Hysteresis)
        {
            return new ReadinessVerdict(new ReadinessState(ClusterStanding.Open), null);
        }

        return new ReadinessVerdict(before, policy.Hysteresis - elapsed);
    }

    private static ReadinessVerdict OfNotReady(DateTimeOffset since, DateTimeOffset now, ReadinessPolicy policy, ReadinessState? before)
    {
        var start = before?.TroubledSince is { } earlier && earlier < since ? earlier : since;
        if (policy.Toleration is not { } toleration)
        {
            return new ReadinessVerdict(new ReadinessState(ClusterStanding.Held, start), null);
        }

        var elapsed = now > start ? now - start : TimeSpan.Zero;
        return elapsed >= toleration
            ? new ReadinessVerdict(new ReadinessState(ClusterStanding.Excluded, start), null)
            : new ReadinessVerdict(new ReadinessState(ClusterStanding.Held, start), toleration - elapsed);
    }
}
