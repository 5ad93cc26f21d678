namespace KubeFed.FederationCore.Scheduling;

/// <summary>How patient scheduling is with clusters that are not ready.</summary>
/// <param name="Toleration">How long a cluster may be not ready before its replicas move; null: they never do.</param>
/// <param name="Hysteresis">How long a cluster that was not ready must be ready without a break before it takes part again.</param>
public sealed record ReadinessPolicy(TimeSpan? Toleration, TimeSpan Hysteresis);
