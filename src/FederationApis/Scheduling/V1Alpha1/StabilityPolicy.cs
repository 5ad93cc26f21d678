using System.Text.Json.Serialization;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>How carefully running replicas are moved from one cluster to another.</summary>
public sealed record StabilityPolicy
{
    /// <summary>Nothing set: the defaults.</summary>
    public static StabilityPolicy Default { get; } = new();

    /// <summary>The <see cref="Interval"/> where none is set.</summary>
    public static TimeSpan DefaultInterval { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The <see cref="RetryFullClustersAfter"/> where none is set.</summary>
    public static TimeSpan DefaultRetryFullClustersAfter { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The <see cref="Surge"/> where none is set.</summary>
    public static ReplicaShare DefaultSurge { get; } = ReplicaShare.Percent(25);

    /// <summary>Replicas that may exist beyond the total while replicas move.</summary>
    /// <value>Default 25%; at least one.</value>
    public ReplicaShare? Surge { get; init; }

    /// <summary>Replicas that move at most in an <see cref="Interval"/>; null for no limit.</summary>
    public ReplicaShare? MaxMoved { get; init; }

    /// <summary>The interval of <see cref="MaxMoved"/>.</summary>
    /// <value>Default 1m; more than zero.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? Interval { get; init; }

    /// <summary>How long a cluster in which pods could not be scheduled counts as full.</summary>
    /// <value>Default 5m; more than zero.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? RetryFullClustersAfter { get; init; }
}
