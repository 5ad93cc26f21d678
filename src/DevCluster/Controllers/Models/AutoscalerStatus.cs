using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>The status of an autoscaler.</summary>
internal sealed record AutoscalerStatus
{
    public long? ObservedGeneration { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastScaleTime { get; init; }

    public int CurrentReplicas { get; init; }

    public int DesiredReplicas { get; init; }

    public IReadOnlyList<Condition> Conditions { get => field ?? []; init; }
}
