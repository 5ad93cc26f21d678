namespace KubeFed.FederationCore.Scheduling;

/// <summary>A cluster that a preference applies to, while the plan is being made.</summary>
internal sealed class Candidate
{
    public const long Unbounded = long.MaxValue;

    public Candidate(PlanCluster cluster, ReplicaPreference preference, string key, PlanStrategy strategy, int group)
    {
        Name = cluster.Name;
        Hash = PlanOrder.Hash(cluster.Name, key);
        Group = group;
        Weight = Math.Max(0, preference.Weight);
        Maximum = Math.Max(0, preference.MaxReplicas ?? Unbounded);
        Minimum = Math.Min(Math.Max(0, preference.MinReplicas), Maximum);
        Current = Math.Max(0, cluster.Current ?? 0);
        Capacity = Math.Max(0, cluster.Capacity ?? Unbounded);
        IsHeld = cluster.Standing == ClusterStanding.Held;
        RoomUnknown = strategy != PlanStrategy.Weighted && cluster.FreeReplicas is null;
        Room = RoomOf(cluster.FreeReplicas);
        WithoutCapacity = Math.Min(Math.Min(Maximum, Room), IsHeld ? Current : Unbounded);
        High = Math.Min(WithoutCapacity, Capacity);
        Share = strategy == PlanStrategy.FreeCapacity ? Math.Min(Room, Capacity) : Weight;
    }

    public string Name { get; }

    public uint Hash { get; }

    public int Group { get; }

    public long Weight { get; }

    public long Minimum { get; }

    public long Maximum { get; }

    public long Current { get; }

    public long Capacity { get; }

    /// <summary>What fits on its nodes, what runs there included.</summary>
    public long Room { get; }

    public bool RoomUnknown { get; }

    public bool IsHeld { get; }

    /// <summary>The most that it may get.</summary>
    public long High { get; }

    /// <summary>The most that it might get if its capacity were not known.</summary>
    public long WithoutCapacity { get; }

    /// <summary>The weight that replicas are shared out by.</summary>
    public long Share { get; }

    /// <summary>The part of its minimum that the total allowed for: where its share starts.</summary>
    public long Base { get; set; }

    /// <summary>The least that it gets: <see cref="Base"/>, and what runs there where that stays.</summary>
    public long Low { get; set; }

    public long Planned { get; set; }

    public long Overflow { get; set; }

    public PlanReason Reason { get; set; }

    public ClusterPlan ToPlan() => new(Name, Planned, Overflow, Reason) { Bound = PlanReasons.BoundOf(this) };

    private long RoomOf(long? free)
    {
        if (RoomUnknown)
        {
            return Math.Max(Current, Minimum);
        }

        return free is { } more ? (long)Int128.Min(Unbounded, (Int128)Current + Math.Max(0, more)) : Unbounded;
    }
}
