using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a stateful set's spec.</summary>
internal sealed record StatefulSetSpec
{
    public int? Replicas { get; init; }

    public LabelSelector? Selector { get; init; }

    public PodTemplate? Template { get; init; }

    public string? ServiceName { get; init; }

    public string? PodManagementPolicy { get; init; }

    public DeploymentStrategy? UpdateStrategy { get; init; }

    public int MinReadySeconds { get; init; }

    public int? RevisionHistoryLimit { get; init; }

    public StatefulSetOrdinals? Ordinals { get; init; }

    [JsonIgnore]
    public int DesiredReplicas => Replicas ?? 1;
}
