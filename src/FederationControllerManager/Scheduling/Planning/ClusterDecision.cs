using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationControllerManager.Scheduling.Planning;

/// <summary>One cluster's part of a plan.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Desired">Replicas that it is to have when all is done.</param>
/// <param name="Next">Replicas to ask of it now.</param>
/// <param name="Reason">What decided its number, in one word.</param>
/// <param name="Message">What decided its number, in one sentence; null where the word says it.</param>
internal sealed record ClusterDecision(SchedulableCluster Cluster, long Desired, long Next, string Reason, string? Message)
{
    /// <summary>What is thought of its readiness, to be remembered.</summary>
    public ReadinessState Readiness { get; init; } = new(ClusterStanding.Open);
}
