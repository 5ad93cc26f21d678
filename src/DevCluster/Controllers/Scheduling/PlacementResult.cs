namespace KubeFed.DevClusters.Controllers.Scheduling;

/// <summary>Where a pod goes, or why it goes nowhere.</summary>
internal sealed record PlacementResult(string? Node, string? Refusal)
{
    public static PlacementResult On(string node) => new(node, null);

    public static PlacementResult Refused(string why) => new(null, why);
}
