namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of an autoscaler's spec.</summary>
internal sealed record AutoscalerSpec
{
    public ScaleTarget? ScaleTargetRef { get; init; }

    public int? MinReplicas { get; init; }

    public int MaxReplicas { get; init; }
}
