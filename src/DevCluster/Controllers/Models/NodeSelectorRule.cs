namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>A rule on a label or field of a node.</summary>
internal sealed record NodeSelectorRule
{
    public string Key { get => field ?? ""; init; }

    public string Operator { get => field ?? ""; init; }

    public IReadOnlyList<string>? Values { get; init; }
}
