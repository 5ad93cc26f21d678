namespace KubeFed.DevClusters.Controllers.Deployments;

/// <summary>What is to be done for a deployment now.</summary>
internal sealed record DeploymentPlan
{
    public static readonly DeploymentPlan Nothing = new();

    /// <summary>With how many replicas the new replica set is to be made; null when it is not to be made.</summary>
    public int? Create { get; init; }

    /// <summary>The replica sets to scale.</summary>
    public IReadOnlyList<ScaleStep> Scale { get; init; } = [];

    /// <summary>The replica sets of the past that nobody needs any more.</summary>
    public IReadOnlyList<ReplicaSet> Remove { get; init; } = [];
}
