namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Where the numbers of the pods begin.</summary>
internal sealed record StatefulSetOrdinals
{
    public int Start { get; init; }
}
