using System.Text.Json.Serialization;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>How members are probed.</summary>
public sealed record ClusterHealthCheckConfig
{
    /// <summary>Between two probes.</summary>
    /// <value>Default 10s; more than zero.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? Period { get; init; }

    /// <summary>Consecutive failures after which a ready cluster is not ready.</summary>
    /// <value>Default 3; more than zero.</value>
    public long? FailureThreshold { get; init; }

    /// <summary>Consecutive successes after which a cluster that was not ready is ready.</summary>
    /// <value>Default 1; more than zero.</value>
    public long? SuccessThreshold { get; init; }

    /// <summary>How long a probe may take.</summary>
    /// <value>Default 3s; more than zero.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? Timeout { get; init; }

    internal ClusterHealthCheckConfig WithDefaults() => new()
    {
        Period = Period ?? TimeSpan.FromSeconds(10),
        FailureThreshold = FailureThreshold ?? 3,
        SuccessThreshold = SuccessThreshold ?? 1,
        Timeout = Timeout ?? TimeSpan.FromSeconds(3),
    };
}
