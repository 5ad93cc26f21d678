namespace KubeFed.FederationCore.Scheduling;

/// <summary>What is thought of a cluster's readiness, to be remembered until it is judged again.</summary>
/// <param name="Standing">Whether it takes part.</param>
/// <param name="TroubledSince">
/// When it was first found not ready, of a trouble that is not over yet: short spells of readiness in between do not end it. Null without trouble.
/// </param>
public sealed record ReadinessState(ClusterStanding Standing, DateTimeOffset? TroubledSince = null);
