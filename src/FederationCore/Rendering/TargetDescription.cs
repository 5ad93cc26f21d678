using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Core.V1Beta1;

namespace KubeFed.FederationCore.Rendering;

/// <summary>What the objects in the members are.</summary>
/// <param name="Kind">Their group, version and kind; the template may name another version.</param>
/// <param name="Namespaced">Whether they live in namespaces.</param>
public sealed record TargetDescription(GroupVersionKind Kind, bool Namespaced)
{
    /// <summary>The target of a type config.</summary>
    public static TargetDescription From(FederatedTypeConfig config) =>
        new(config.Spec.TargetType.ToGroupVersionKind(), config.Spec.TargetType.IsNamespaced());
}
