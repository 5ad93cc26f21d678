namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the scheduler reads of an affinity: the hard rules for nodes.</summary>
internal sealed record Affinity
{
    public NodeAffinity? NodeAffinity { get; init; }
}
