using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Scheduling.V1Alpha1;

namespace KubeFed.FederationControllerManager.Scheduling.Planning;

/// <summary>What a plan is made from.</summary>
/// <param name="Key">The preference, which decides between clusters that are alike.</param>
/// <param name="Spec">What it asks for.</param>
/// <param name="Before">Its status, which remembers what the plan before did.</param>
/// <param name="Clusters">The clusters, by name.</param>
/// <param name="Now">The time.</param>
internal sealed record SchedulingInput(
    NamespacedName Key, ReplicaSchedulingPreferenceSpec Spec, ReplicaSchedulingPreferenceStatus Before, IReadOnlyList<SchedulableCluster> Clusters, DateTimeOffset Now);
