namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Where a service or an ingress is reached.</summary>
internal sealed record LoadBalancerStatus
{
    public IReadOnlyList<LoadBalancerIngress>? Ingress { get; init; }
}
