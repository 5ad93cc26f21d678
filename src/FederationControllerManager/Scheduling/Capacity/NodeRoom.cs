namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>What is free on one node that pods may be scheduled to.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Free">What is allocatable less what its pods request; below zero where it is overcommitted.</param>
/// <param name="Taints">The taints that keep pods away.</param>
internal sealed record NodeRoom(string Name, Amounts Free, IReadOnlyList<Taint> Taints)
{
    /// <summary>How many more pods of a footprint fit. A resource that the node does not have fits no request.</summary>
    public long Fits(PodFootprint footprint)
    {
        if (!footprint.Tolerates(Taints))
        {
            return 0;
        }

        var fits = long.MaxValue;
        foreach (var (name, amount) in footprint.Requests)
        {
            if (amount > 0)
            {
                fits = Math.Min(fits, Math.Max(0, Free.GetValueOrDefault(name)) / amount);
            }
        }

        return fits;
    }

    /// <summary>Whether the same is free under the same conditions.</summary>
    public bool SameAs(NodeRoom other) => Name == other.Name && Free.SameAs(other.Free) && Taints.SequenceEqual(other.Taints);
}
