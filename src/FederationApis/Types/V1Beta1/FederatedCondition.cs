using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>One condition of a federated object.</summary>
public sealed record FederatedCondition
{
    /// <summary>The condition's type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>One of <see cref="ConditionStatus"/>.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>One of <see cref="PropagationReasons"/>; absent while the condition is true.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence, for people. An addition to KubeFed's shape.</summary>
    public string? Message { get; init; }

    /// <summary>When the condition or the clusters' entries last changed.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastUpdateTime { get; init; }

    /// <summary>When status or reason last changed.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastTransitionTime { get; init; }
}
