using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>One observation of a member cluster.</summary>
public sealed record ClusterCondition
{
    /// <summary>One of <see cref="ClusterConditionTypes"/>.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>One of <see cref="ConditionStatus"/>.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>When the cluster was last probed.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastProbeTime { get; init; }

    /// <summary>When readiness last changed.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word, for programs.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence, for people.</summary>
    public string? Message { get; init; }
}
