using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationApis;

/// <summary>The kinds that are fixed; <c>Federated&lt;Kind&gt;</c> types are described by their FederatedTypeConfig.</summary>
public static class FederationKinds
{
    /// <summary>A registered member cluster.</summary>
    public static GroupVersionKind KubeFedCluster { get; } = new(FederationGroups.Core, "v1beta1", "KubeFedCluster");

    /// <summary>The control plane's configuration.</summary>
    public static GroupVersionKind KubeFedConfig { get; } = new(FederationGroups.Core, "v1beta1", "KubeFedConfig");

    /// <summary>A type enabled for federation.</summary>
    public static GroupVersionKind FederatedTypeConfig { get; } = new(FederationGroups.Core, "v1beta1", "FederatedTypeConfig");

    /// <summary>Recorded versions of a namespaced federated object.</summary>
    public static GroupVersionKind PropagatedVersion { get; } = new(FederationGroups.Core, "v1alpha1", "PropagatedVersion");

    /// <summary>Recorded versions of a cluster-scoped federated object.</summary>
    public static GroupVersionKind ClusterPropagatedVersion { get; } = new(FederationGroups.Core, "v1alpha1", "ClusterPropagatedVersion");

    /// <summary>How the replicas of a federated object are shared among the clusters.</summary>
    public static GroupVersionKind ReplicaSchedulingPreference { get; } =
        new(FederationGroups.Scheduling, "v1alpha1", "ReplicaSchedulingPreference");

    /// <summary>A removal from a member that could not be reached.</summary>
    public static GroupVersionKind PendingRemoval { get; } = new(FederationGroups.Core, "v1alpha1", "PendingRemoval");

    /// <summary>The federated form of Namespace, which gates every other namespaced type.</summary>
    public static GroupVersionKind FederatedNamespace { get; } = new(FederationGroups.Types, "v1beta1", "FederatedNamespace");
}
