namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>The status of a service.</summary>
internal sealed record ServiceStatus
{
    public LoadBalancerStatus? LoadBalancer { get; init; }
}
