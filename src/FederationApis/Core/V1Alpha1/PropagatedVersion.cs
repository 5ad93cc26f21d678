using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Core.V1Alpha1;

/// <summary>
/// What was last written to each member for one federated object, so that a restart writes nothing that is in order.
/// Kind <c>PropagatedVersion</c> beside namespaced federated objects, <c>ClusterPropagatedVersion</c> beside the others;
/// both have this shape. Named <see cref="KindNames.PropagatedVersionName"/> and owned by the federated object.
/// </summary>
public sealed record PropagatedVersion
{
    /// <summary>Always <c>core.kubefed.io/v1alpha1</c>.</summary>
    public string ApiVersion { get; init => field = value ?? FederationGroups.CoreV1Alpha1; } = FederationGroups.CoreV1Alpha1;

    /// <summary><c>PropagatedVersion</c> or <c>ClusterPropagatedVersion</c>.</summary>
    public string Kind { get; init => field = value ?? "PropagatedVersion"; } = "PropagatedVersion";

    /// <summary>Metadata.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Empty; } = ObjectMeta.Empty;

    /// <summary>The record; null before the first write.</summary>
    public PropagatedVersionStatus? Status { get; init; }
}
