using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>A member cluster: where its API server is, how to trust it and which Secret holds the token.</summary>
public sealed record KubeFedCluster
{
    /// <summary>Always <c>core.kubefed.io/v1beta1</c>.</summary>
    public string ApiVersion { get; init => field = value ?? FederationGroups.CoreV1Beta1; } = FederationGroups.CoreV1Beta1;

    /// <summary>Always <c>KubeFedCluster</c>.</summary>
    public string Kind { get; init => field = value ?? "KubeFedCluster"; } = "KubeFedCluster";

    /// <summary>The name is the cluster's name everywhere: in placements, overrides and status. Its labels are what selectors match.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Empty; } = ObjectMeta.Empty;

    /// <summary>What was asked for.</summary>
    public KubeFedClusterSpec Spec { get; init => field = value ?? KubeFedClusterSpec.Empty; } = KubeFedClusterSpec.Empty;

    /// <summary>What the last probes saw; null before the first.</summary>
    public KubeFedClusterStatus? Status { get; init; }

    /// <summary>Whether the cluster takes part: a condition <c>Ready</c> with status <c>True</c>.</summary>
    public bool IsReady() => FindCondition(ClusterConditionTypes.Ready)?.Status == ConditionStatus.True;

    /// <summary>The condition of that type, or null.</summary>
    public ClusterCondition? FindCondition(string type) => Status?.Conditions.FirstOrDefault(c => c.Type == type);
}
