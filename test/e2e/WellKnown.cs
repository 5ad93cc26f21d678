using KubeFed.ApiMachinery.Identity;

namespace KubeFed.e2e;

/// <summary>Resources that tests name.</summary>
internal static class WellKnown
{
    public static GroupVersionResource Namespaces { get; } = new("", "v1", "namespaces");

    public static GroupVersionResource ConfigMaps { get; } = new("", "v1", "configmaps");

    public static GroupVersionResource Secrets { get; } = new("", "v1", "secrets");

    public static GroupVersionResource Pods { get; } = new("", "v1", "pods");

    public static GroupVersionResource ClusterRoles { get; } = new("rbac.authorization.k8s.io", "v1", "clusterroles");

    public static GroupVersionResource CustomResourceDefinitions { get; } = new("apiextensions.k8s.io", "v1", "customresourcedefinitions");
}
