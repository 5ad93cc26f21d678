namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Pods that ended and are not counted yet; always empty here, as kubectl shows.</summary>
internal sealed record UncountedPods
{
    public IReadOnlyList<string>? Succeeded { get; init; }

    public IReadOnlyList<string>? Failed { get; init; }
}
