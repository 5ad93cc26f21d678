using System.Text.Json.Serialization;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>How long a change of a cluster is given to settle before objects are looked at again.</summary>
public sealed record DurationConfig
{
    /// <summary>After a cluster became available.</summary>
    /// <value>Default 20s; more than zero.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? AvailableDelay { get; init; }

    /// <summary>After a cluster became unavailable.</summary>
    /// <value>Default 60s; more than zero.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? UnavailableDelay { get; init; }

    internal DurationConfig WithDefaults() => new()
    {
        AvailableDelay = AvailableDelay ?? TimeSpan.FromSeconds(20),
        UnavailableDelay = UnavailableDelay ?? TimeSpan.FromSeconds(60),
    };
}
