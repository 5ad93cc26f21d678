namespace KubeFed.FederationCore.Scheduling;

/// <summary>What one cluster gets, and why.</summary>
/// <param name="Name">The cluster's name.</param>
/// <param name="Replicas">Replicas that are planned there.</param>
/// <param name="Overflow">
/// Replicas that it would have got above its capacity. Asked for on top, they wait there for a node and show when there is room again; they are
/// planned elsewhere meanwhile, as far as possible, and are in no sum.
/// </param>
/// <param name="Reason">What decided <paramref name="Replicas"/>.</param>
public sealed record ClusterPlan(string Name, long Replicas, long Overflow, PlanReason Reason)
{
    /// <summary>The number that decided: the weight, the minimum, the maximum, the capacity; 0 where the reason has none.</summary>
    public long Bound { get; init; }

    /// <summary>One sentence for people.</summary>
    public string Message => Overflow > 0 ? $"{Explain()}; {Overflow} more would be here if there were room" : Explain();

    private string Explain() => Reason switch
    {
        PlanReason.Weight => $"share of weight {Bound}",
        PlanReason.FreeCapacity => $"share of its room for {Bound}",
        PlanReason.Packed => $"one of the few clusters that suffice, with room for {Bound}",
        PlanReason.Minimum => $"minReplicas is {Bound}",
        PlanReason.Maximum => $"maxReplicas is {Bound}",
        PlanReason.Capacity => $"no more than {Bound} fit",
        PlanReason.Current => $"{Bound} run here and are not rebalanced",
        PlanReason.Overflow => "the clusters before it in the overflow order are full",
        PlanReason.NotNeeded => "the clusters before it can take all",
        PlanReason.TotalUsedUp => "the total was used up by the clusters before it",
        PlanReason.NoWeight => "weight and minReplicas are 0",
        PlanReason.NoPreference => "no entry of spec.clusters applies",
        PlanReason.CapacityUnknown => "its room is not known yet",
        _ => Replicas > 0 ? "the cluster is not ready: it keeps what it has" : "the cluster is not ready",
    };
}
