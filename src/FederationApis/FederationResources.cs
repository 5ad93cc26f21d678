using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationApis;

/// <summary>The resources of <see cref="FederationKinds"/>.</summary>
public static class FederationResources
{
    /// <summary>Namespaced, with status.</summary>
    public static GroupVersionResource KubeFedClusters { get; } = new(FederationGroups.Core, "v1beta1", "kubefedclusters");

    /// <summary>Namespaced, without status.</summary>
    public static GroupVersionResource KubeFedConfigs { get; } = new(FederationGroups.Core, "v1beta1", "kubefedconfigs");

    /// <summary>Namespaced, with status.</summary>
    public static GroupVersionResource FederatedTypeConfigs { get; } = new(FederationGroups.Core, "v1beta1", "federatedtypeconfigs");

    /// <summary>Namespaced, with status.</summary>
    public static GroupVersionResource PropagatedVersions { get; } = new(FederationGroups.Core, "v1alpha1", "propagatedversions");

    /// <summary>Cluster-scoped, with status.</summary>
    public static GroupVersionResource ClusterPropagatedVersions { get; } = new(FederationGroups.Core, "v1alpha1", "clusterpropagatedversions");

    /// <summary>Namespaced, without status.</summary>
    public static GroupVersionResource PendingRemovals { get; } = new(FederationGroups.Core, "v1alpha1", "pendingremovals");

    /// <summary>Namespaced, with status.</summary>
    public static GroupVersionResource ReplicaSchedulingPreferences { get; } =
        new(FederationGroups.Scheduling, "v1alpha1", "replicaschedulingpreferences");

    /// <summary>Namespaced, with status.</summary>
    public static GroupVersionResource FederatedNamespaces { get; } = new(FederationGroups.Types, "v1beta1", "federatednamespaces");
}
