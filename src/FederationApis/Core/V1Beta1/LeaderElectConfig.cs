using System.Text.Json.Serialization;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>Leader election among the replicas of the controller manager.</summary>
public sealed record LeaderElectConfig
{
    /// <summary>How long others wait after the leader's last sign of life.</summary>
    /// <value>Default 15s; more than <see cref="RenewDeadline"/>.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? LeaseDuration { get; init; }

    /// <summary>How long a leader tries to renew before it gives up.</summary>
    /// <value>Default 10s; more than 1.2 times <see cref="RetryPeriod"/>.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? RenewDeadline { get; init; }

    /// <summary>Between two tries to take or renew the lease.</summary>
    /// <value>Default 5s; more than zero.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? RetryPeriod { get; init; }

    /// <summary>Accepted for the sake of existing manifests; the lock is always a Lease.</summary>
    /// <value>Default <c>leases</c>; <c>configmaps</c>, <c>endpoints</c> or <c>leases</c>.</value>
    public string? ResourceLock { get; init; }

    internal LeaderElectConfig WithDefaults() => new()
    {
        LeaseDuration = LeaseDuration ?? TimeSpan.FromSeconds(15),
        RenewDeadline = RenewDeadline ?? TimeSpan.FromSeconds(10),
        RetryPeriod = RetryPeriod ?? TimeSpan.FromSeconds(5),
        ResourceLock = ResourceLock ?? ResourceLocks.Leases,
    };
}
