namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>How pods are replaced.</summary>
internal sealed record DeploymentStrategy
{
    public string? Type { get; init; }

    public RollingUpdate? RollingUpdate { get; init; }
}
