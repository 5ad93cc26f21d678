using System.Text.Json.Serialization;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>What becomes of the replicas of a cluster that is not ready.</summary>
public sealed record FailoverPolicy
{
    /// <summary>How long a cluster may be not ready before its replicas move, and ready again before they return. Null: they stay.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? Toleration { get; init; }
}
