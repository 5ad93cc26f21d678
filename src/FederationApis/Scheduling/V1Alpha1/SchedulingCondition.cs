using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>One condition of a preference.</summary>
public sealed record SchedulingCondition
{
    /// <summary>One of <see cref="SchedulingConditions"/>.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>One of <see cref="ConditionStatus"/>.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>The generation of the preference that it speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>One of <see cref="SchedulingReasons"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence, for people.</summary>
    public string? Message { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastTransitionTime { get; init; }
}
