using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a replica set's spec.</summary>
internal sealed record ReplicaSetSpec
{
    public int? Replicas { get; init; }

    public int MinReadySeconds { get; init; }

    public LabelSelector? Selector { get; init; }

    public PodTemplate? Template { get; init; }

    [JsonIgnore]
    public int DesiredReplicas => Replicas ?? 1;
}
