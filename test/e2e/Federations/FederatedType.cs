using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;

namespace KubeFed.e2e.Federations;

/// <summary>A type that is enabled for federation, as its FederatedTypeConfig tells.</summary>
internal sealed record FederatedType(FederatedTypeConfig Config)
{
    public string Name => Config.Metadata.Name;

    public GroupVersionKind TargetKind => Config.Spec.TargetType.ToGroupVersionKind();

    public GroupVersionResource TargetResource => Config.Spec.TargetType.ToGroupVersionResource();

    public GroupVersionKind FederatedKind => Config.Spec.FederatedType.ToGroupVersionKind();

    public GroupVersionResource FederatedResource => Config.Spec.FederatedType.ToGroupVersionResource();

    /// <summary>Whether federated objects live in namespaces; those of namespaces do too.</summary>
    public bool IsNamespaced => Config.Spec.FederatedType.IsNamespaced();

    /// <summary>The key in the clusters of the object that a federated object stands for.</summary>
    public NamespacedName TargetKey(NamespacedName federated) =>
        Config.Spec.TargetType.IsNamespaced() ? federated : NamespacedName.Cluster(federated.Name);

    /// <summary>The key of the record of a federated object's versions.</summary>
    public NamespacedName VersionKey(NamespacedName federated) =>
        federated with { Name = KindNames.PropagatedVersionName(TargetKind.Kind, federated.Name) };

    /// <summary>The resource of <see cref="VersionKey"/>.</summary>
    public GroupVersionResource VersionResource =>
        IsNamespaced ? FederationResources.PropagatedVersions : FederationResources.ClusterPropagatedVersions;
}
