using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a deployment's spec.</summary>
internal sealed record DeploymentSpec
{
    public int? Replicas { get; init; }

    public LabelSelector? Selector { get; init; }

    public PodTemplate? Template { get; init; }

    public DeploymentStrategy? Strategy { get; init; }

    public int MinReadySeconds { get; init; }

    public int? RevisionHistoryLimit { get; init; }

    public bool Paused { get; init; }

    public int? ProgressDeadlineSeconds { get; init; }

    [JsonIgnore]
    public int DesiredReplicas => Replicas ?? 1;

    [JsonIgnore]
    public bool IsRecreate => Strategy?.Type == "Recreate";
}
