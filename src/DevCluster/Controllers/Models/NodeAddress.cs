namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>An address of a node.</summary>
internal sealed record NodeAddress
{
    public string Type { get => field ?? ""; init; }

    public string Address { get => field ?? ""; init; }
}
