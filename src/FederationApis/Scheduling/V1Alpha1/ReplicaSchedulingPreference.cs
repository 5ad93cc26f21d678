using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>
/// How the replicas of one federated object are shared among the clusters. The object is the one of the same name and namespace
/// whose kind is <see cref="ReplicaSchedulingPreferenceSpec.TargetKind"/>.
/// </summary>
public sealed record ReplicaSchedulingPreference
{
    /// <summary>Always <c>scheduling.kubefed.io/v1alpha1</c>.</summary>
    public string ApiVersion { get; init => field = value ?? FederationGroups.SchedulingV1Alpha1; } = FederationGroups.SchedulingV1Alpha1;

    /// <summary>Always <c>ReplicaSchedulingPreference</c>.</summary>
    public string Kind { get; init => field = value ?? "ReplicaSchedulingPreference"; } = "ReplicaSchedulingPreference";

    /// <summary>Metadata.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Empty; } = ObjectMeta.Empty;

    /// <summary>What was asked for.</summary>
    public ReplicaSchedulingPreferenceSpec Spec { get; init => field = value ?? ReplicaSchedulingPreferenceSpec.Empty; } =
        ReplicaSchedulingPreferenceSpec.Empty;

    /// <summary>What became of it; null before the scheduler saw it.</summary>
    public ReplicaSchedulingPreferenceStatus? Status { get; init; }
}
