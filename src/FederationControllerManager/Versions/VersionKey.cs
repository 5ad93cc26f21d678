using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;

namespace KubeFed.FederationControllerManager.Versions;

/// <summary>The (Cluster)PropagatedVersion of a federated object: <c>kind-name</c> in the namespace of the federated object.</summary>
/// <param name="Name">Namespace (empty for a ClusterPropagatedVersion) and name.</param>
internal readonly record struct VersionKey(NamespacedName Name)
{
    /// <summary>The key for a federated object of a target kind.</summary>
    public static VersionKey Of(string targetKind, NamespacedName federated) =>
        new(new NamespacedName(federated.Namespace, KindNames.PropagatedVersionName(targetKind, federated.Name)));

    /// <summary>Where it is stored.</summary>
    public GroupVersionResource Resource =>
        Name.IsClusterScoped ? FederationResources.ClusterPropagatedVersions : FederationResources.PropagatedVersions;

    public override string ToString() => Name.ToString();
}
