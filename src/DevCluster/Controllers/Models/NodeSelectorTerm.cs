namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Rules of which all must hold; a term without rules holds for no node.</summary>
internal sealed record NodeSelectorTerm
{
    public IReadOnlyList<NodeSelectorRule>? MatchExpressions { get; init; }

    public IReadOnlyList<NodeSelectorRule>? MatchFields { get; init; }
}
