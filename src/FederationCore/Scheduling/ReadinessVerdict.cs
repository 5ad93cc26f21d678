namespace KubeFed.FederationCore.Scheduling;

/// <summary>The judgement of a cluster's readiness.</summary>
/// <param name="State">What is thought of it now.</param>
/// <param name="LookAgainAfter">When that will change though nothing happens; null when it will not.</param>
public sealed record ReadinessVerdict(ReadinessState State, TimeSpan? LookAgainAfter);
