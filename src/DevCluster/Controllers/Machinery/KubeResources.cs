using KubeFed.ApiMachinery.Identity;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>The resources that the controllers read and write.</summary>
internal static class KubeResources
{
    public static readonly GroupVersionResource Nodes = new("", "v1", "nodes");
    public static readonly GroupVersionResource Pods = new("", "v1", "pods");
    public static readonly GroupVersionResource Services = new("", "v1", "services");
    public static readonly GroupVersionResource Endpoints = new("", "v1", "endpoints");
    public static readonly GroupVersionResource VolumeClaims = new("", "v1", "persistentvolumeclaims");
    public static readonly GroupVersionResource EndpointSlices = new("discovery.k8s.io", "v1", "endpointslices");
    public static readonly GroupVersionResource Quotas = new("", "v1", "resourcequotas");
    public static readonly GroupVersionResource Leases = new("coordination.k8s.io", "v1", "leases");
    public static readonly GroupVersionResource Deployments = new("apps", "v1", "deployments");
    public static readonly GroupVersionResource ReplicaSets = new("apps", "v1", "replicasets");
    public static readonly GroupVersionResource StatefulSets = new("apps", "v1", "statefulsets");
    public static readonly GroupVersionResource DaemonSets = new("apps", "v1", "daemonsets");
    public static readonly GroupVersionResource ControllerRevisions = new("apps", "v1", "controllerrevisions");
    public static readonly GroupVersionResource Jobs = new("batch", "v1", "jobs");
    public static readonly GroupVersionResource CronJobs = new("batch", "v1", "cronjobs");
    public static readonly GroupVersionResource Ingresses = new("networking.k8s.io", "v1", "ingresses");
    public static readonly GroupVersionResource Autoscalers = new("autoscaling", "v2", "horizontalpodautoscalers");
    public static readonly GroupVersionResource ApiServices = new("apiregistration.k8s.io", "v1", "apiservices");
    public static readonly GroupVersionResource DisruptionBudgets = new("policy", "v1", "poddisruptionbudgets");
}
