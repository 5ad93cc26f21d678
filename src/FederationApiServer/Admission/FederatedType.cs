using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationApiServer.Admission;

/// <summary>What a FederatedTypeConfig says of the type of its federated objects.</summary>
/// <param name="Resource">The federated resource.</param>
/// <param name="Target">What its objects become in the members.</param>
/// <param name="Propagated">Whether a controller looks after the objects, and so removes its finalizer from them.</param>
internal sealed record FederatedType(GroupResource Resource, TargetDescription Target, bool Propagated)
{
    public static FederatedType Of(FederatedTypeConfig config) => new(
        new GroupResource(config.Spec.FederatedType.Group ?? string.Empty, config.Spec.FederatedType.PluralName),
        TargetDescription.From(config),
        config.Spec.IsPropagationEnabled() && config.Metadata.DeletionTimestamp is null);
}
