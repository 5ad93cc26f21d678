namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>An address in a list of them.</summary>
internal sealed record AddressEntry
{
    public string Ip { get => field ?? ""; init; }
}
