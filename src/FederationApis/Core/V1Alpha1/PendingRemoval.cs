using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Core.V1Alpha1;

/// <summary>
/// A removal from a member that could not be reached when its federated object was let go: done, and forgotten, when the member is back.
/// Not of KubeFed. Lives in the control plane's namespace; deleting one by hand means that the member's object is to stay.
/// </summary>
public sealed record PendingRemoval
{
    /// <summary>Always <c>core.kubefed.io/v1alpha1</c>.</summary>
    public string ApiVersion { get; init => field = value ?? FederationGroups.CoreV1Alpha1; } = FederationGroups.CoreV1Alpha1;

    /// <summary>Always <c>PendingRemoval</c>.</summary>
    public string Kind { get; init => field = value ?? "PendingRemoval"; } = "PendingRemoval";

    /// <summary>Metadata.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Empty; } = ObjectMeta.Empty;

    /// <summary>What is to be removed.</summary>
    public PendingRemovalSpec Spec { get; init => field = value ?? PendingRemovalSpec.Empty; } = PendingRemovalSpec.Empty;
}
