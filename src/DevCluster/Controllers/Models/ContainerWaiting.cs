namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Not started.</summary>
internal sealed record ContainerWaiting
{
    public string? Reason { get; init; }

    public string? Message { get; init; }
}
