namespace KubeFed.FederationCore.Scheduling;

/// <summary>How fast replicas move from cluster to cluster. New replicas, and those that replace lost ones, are not moves.</summary>
/// <param name="Surge">Replicas that may be asked for above the total while others move; less than 1 counts as 1.</param>
/// <param name="MaxMoved">Moves that may begin in one interval, less than 1 counts as 1; null for no limit.</param>
/// <param name="Interval">The interval's length.</param>
public sealed record TransitionLimits(long Surge, long? MaxMoved, TimeSpan Interval)
{
    /// <summary>A count that is a part of a total, rounded up, at least 1.</summary>
    public static long Share(long total, int percent) => Math.Max(1, (long)((((Int128)Math.Max(0, total) * percent) + 99) / 100));
}
