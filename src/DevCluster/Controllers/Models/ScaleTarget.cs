namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What an autoscaler scales.</summary>
internal sealed record ScaleTarget
{
    public string Kind { get => field ?? ""; init; }

    public string Name { get => field ?? ""; init; }

    public string? ApiVersion { get; init; }
}
