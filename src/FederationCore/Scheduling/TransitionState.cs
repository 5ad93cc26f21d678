namespace KubeFed.FederationCore.Scheduling;

/// <summary>What a step must know of the steps before. Losing it costs nothing but a fresh interval.</summary>
/// <param name="IntervalStart">When the current interval began.</param>
/// <param name="Moved">Moves begun in it.</param>
/// <param name="Floor">Ready replicas that the transition under way must keep; null when none is under way.</param>
public sealed record TransitionState(DateTimeOffset IntervalStart, long Moved, long? Floor);
