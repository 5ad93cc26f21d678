namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Terms of which one must hold.</summary>
internal sealed record NodeSelector
{
    public IReadOnlyList<NodeSelectorTerm> NodeSelectorTerms { get => field ?? []; init; }
}
