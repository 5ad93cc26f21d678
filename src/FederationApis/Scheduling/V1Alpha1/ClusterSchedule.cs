using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>One cluster's part of the plan.</summary>
public sealed record ClusterSchedule
{
    /// <summary>The cluster.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Replicas that it is to have when all is done.</summary>
    public long Desired { get; init; }

    /// <summary>Replicas that are asked of it now.</summary>
    public long Replicas { get; init; }

    /// <summary>Replicas that are ready in it; null where that is not known.</summary>
    public long? Ready { get; init; }

    /// <summary>Replicas for which it found no node; null for none.</summary>
    public long? Unschedulable { get; init; }

    /// <summary>Replicas that it can hold, where that is known.</summary>
    public long? Capacity { get; init; }

    /// <summary>When <see cref="Capacity"/> was last found from pods that could not be scheduled.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? CapacityTime { get; init; }

    /// <summary><c>Held</c> or <c>Excluded</c> while its readiness keeps replicas away; null otherwise.</summary>
    public string? Standing { get; init; }

    /// <summary>When it was first found not ready, of a trouble that is not over.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? NotReadySince { get; init; }

    /// <summary>What decided its number, in one word.</summary>
    public string? Reason { get; init; }

    /// <summary>What decided its number, in one sentence.</summary>
    public string? Message { get; init; }
}
