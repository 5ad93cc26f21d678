namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>What is free in one member at one moment. Immutable.</summary>
/// <param name="Nodes">The nodes that pods may be scheduled to, sorted by name.</param>
internal sealed record MemberRoom(IReadOnlyList<NodeRoom> Nodes)
{
    /// <summary>How many more pods of a footprint fit on all nodes together.</summary>
    public long Fits(PodFootprint footprint)
    {
        Int128 sum = 0;
        foreach (var node in Nodes)
        {
            sum += node.Fits(footprint);
        }

        return (long)Int128.Min(sum, long.MaxValue);
    }

    /// <summary>Whether the same is free on the same nodes.</summary>
    public bool SameAs(MemberRoom other) => Nodes.Count == other.Nodes.Count && Nodes.Zip(other.Nodes).All(static pair => pair.First.SameAs(pair.Second));
}
