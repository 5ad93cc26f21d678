namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>The bounds of a rolling update.</summary>
internal sealed record RollingUpdate
{
    public IntOrPercent? MaxSurge { get; init; }

    public IntOrPercent? MaxUnavailable { get; init; }

    public int? Partition { get; init; }
}
