namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>All clusters as one preference sees them.</summary>
/// <param name="Clusters">By name.</param>
/// <param name="IsComplete">Whether every ready cluster has said what it holds, or had time enough to.</param>
/// <param name="RecheckAfter">When pods may come to count as unschedulable; null when none are about to.</param>
internal sealed record ClusterObservations(IReadOnlyList<ClusterObservation> Clusters, bool IsComplete, TimeSpan? RecheckAfter);
