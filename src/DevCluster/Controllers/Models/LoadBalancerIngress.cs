namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>One address.</summary>
internal sealed record LoadBalancerIngress
{
    public string? Ip { get; init; }

    public string? Hostname { get; init; }

    public string? IpMode { get; init; }
}
