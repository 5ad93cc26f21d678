using KubeFed.FederationApis.Core.V1Beta1;

namespace KubeFed.FederationCore.Placements;

/// <summary>What the control plane's configuration says about placement.</summary>
/// <param name="SelectAllByDefault">
/// Whether an object without a placement goes to every cluster; false is KubeFed's rule, by which it goes nowhere.
/// </param>
/// <param name="NamespacedControlPlane">
/// Whether the control plane serves one namespace only: an absent FederatedNamespace then restricts nothing.
/// </param>
public readonly record struct PlacementOptions(bool SelectAllByDefault, bool NamespacedControlPlane)
{
    /// <summary>The options that a configuration means, with defaults for what is absent.</summary>
    public static PlacementOptions From(KubeFedConfigSpec spec) =>
        new(spec.SyncController?.DefaultPlacement != DefaultPlacements.None, spec.Scope == ResourceScopes.Namespaced);
}
