using KubeFed.ApiMachinery.Identity;

namespace KubeFed.Kubefedctl.Objects;

/// <summary>The resources that commands read and write.</summary>
internal static class KubeResources
{
    public static readonly GroupVersionResource Namespaces = new("", "v1", "namespaces");
    public static readonly GroupVersionResource ServiceAccounts = new("", "v1", "serviceaccounts");
    public static readonly GroupVersionResource Secrets = new("", "v1", "secrets");
    public static readonly GroupVersionResource ClusterRoles = new("rbac.authorization.k8s.io", "v1", "clusterroles");
    public static readonly GroupVersionResource ClusterRoleBindings = new("rbac.authorization.k8s.io", "v1", "clusterrolebindings");
    public static readonly GroupVersionResource Roles = new("rbac.authorization.k8s.io", "v1", "roles");
    public static readonly GroupVersionResource RoleBindings = new("rbac.authorization.k8s.io", "v1", "rolebindings");
    public static readonly GroupVersionResource CustomResourceDefinitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions");
    public static readonly GroupVersionResource ApiServices = new("apiregistration.k8s.io", "v1", "apiservices");
    public static readonly GroupVersionResource KubeFedClusters = new("core.kubefed.io", "v1beta1", "kubefedclusters");
    public static readonly GroupVersionResource KubeFedConfigs = new("core.kubefed.io", "v1beta1", "kubefedconfigs");
    public static readonly GroupVersionResource FederatedTypeConfigs = new("core.kubefed.io", "v1beta1", "federatedtypeconfigs");
}
