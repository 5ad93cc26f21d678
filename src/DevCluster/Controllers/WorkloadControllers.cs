using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Controllers.Autoscaling;
using KubeFed.DevClusters.Controllers.CronJobs;
using KubeFed.DevClusters.Controllers.DaemonSets;
using KubeFed.DevClusters.Controllers.Deployments;
using KubeFed.DevClusters.Controllers.Disruption;
using KubeFed.DevClusters.Controllers.Jobs;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.DevClusters.Controllers.Nodes;
using KubeFed.DevClusters.Controllers.Pods;
using KubeFed.DevClusters.Controllers.ReplicaSets;
using KubeFed.DevClusters.Controllers.Scheduling;
using KubeFed.DevClusters.Controllers.Services;
using KubeFed.DevClusters.Controllers.StatefulSets;
using KubeFed.DevClusters.Controllers.Volumes;
using KubeFed.DevClusters.Quotas;

namespace KubeFed.DevClusters.Controllers;

/// <summary>
/// The controllers that make workloads alive, over one informer for each resource: what kube-controller-manager, kube-scheduler and the
/// kubelets do in a cluster with nodes, as far as a user of its API sees it.
/// </summary>
internal sealed class WorkloadControllers : IDevController
{
    public async Task RunAsync(DevControllerContext context, CancellationToken token)
    {
        await using var cluster = new Cluster(context.Client, context.Time, context.Logging);
        using var group = new ControllerGroup(cluster);
        var nodes = new NodeReconciler(cluster, context.Options.Nodes);
        group.Add("nodes", nodes).On(cluster.Informer(KubeResources.Nodes));
        AddPods(cluster, group);
        AddReplicas(cluster, group);
        AddSets(cluster, group);
        AddJobs(cluster, group);
        AddRest(cluster, group);
        AddQuotas(cluster, group);
        await nodes.RegisterAsync(token);
        await group.RunAsync(token);
    }

    private static void AddPods(Cluster cluster, ControllerGroup group)
    {
        var scheduler = new SchedulerReconciler(cluster);
        scheduler.Follow(group.Add("scheduler", scheduler, workers: 1).Queue);
        var pods = new PodReconciler(cluster, new PodTimings());
        pods.Follow(group.Add("pods", pods, workers: 4).Queue);
    }

    private static void AddReplicas(Cluster cluster, ControllerGroup group)
    {
        var deployments = cluster.Informer(KubeResources.Deployments);
        var replicaSets = cluster.Informer(KubeResources.ReplicaSets);
        var pods = cluster.Informer(KubeResources.Pods);
        group.Add("replicasets", new ReplicaSetReconciler(cluster), workers: 4)
            .On(replicaSets)
            .OnOwned(pods, "ReplicaSet")
            .OnOrphan(pods, replicaSets, static set => set.ToReplicaSet().Spec.Selector);
        group.Add("deployments", new DeploymentReconciler(cluster))
            .On(deployments)
            .OnOwned(replicaSets, "Deployment")
            .OnOrphan(replicaSets, deployments, static deployment => deployment.ToDeployment().Spec.Selector)
            .On(pods, pod => RecreatedBy(cluster, pod));
    }

    private static void AddSets(Cluster cluster, ControllerGroup group)
    {
        var daemonSets = cluster.Informer(KubeResources.DaemonSets);
        var statefulSets = cluster.Informer(KubeResources.StatefulSets);
        var pods = cluster.Informer(KubeResources.Pods);
        group.Add("statefulsets", new StatefulSetReconciler(cluster))
            .On(statefulSets)
            .OnOwned(pods, "StatefulSet")
            .OnOrphan(pods, statefulSets, static set => set.ToStatefulSet().Spec.Selector);
        var daemons = group.Add("daemonsets", new DaemonSetReconciler(cluster))
            .On(daemonSets)
            .OnOwned(pods, "DaemonSet")
            .OnOrphan(pods, daemonSets, static set => set.ToDaemonSet().Spec.Selector);
        cluster.Informer(KubeResources.Nodes).AddHandler(new NodeChanges(() =>
        {
            foreach (var set in daemonSets.Store.List())
            {
                daemons.Queue.Add(set.Key);
            }
        }));
    }

    private static void AddJobs(Cluster cluster, ControllerGroup group)
    {
        group.Add("jobs", new JobReconciler(cluster))
            .On(cluster.Informer(KubeResources.Jobs))
            .OnOwned(cluster.Informer(KubeResources.Pods), "Job");
        group.Add("cronjobs", new CronJobReconciler(cluster), workers: 1)
            .On(cluster.Informer(KubeResources.CronJobs))
            .OnOwned(cluster.Informer(KubeResources.Jobs), "CronJob");
    }

    private static void AddRest(Cluster cluster, ControllerGroup group)
    {
        var services = cluster.Informer(KubeResources.Services);
        var budgets = cluster.Informer(KubeResources.DisruptionBudgets);
        var autoscalers = cluster.Informer(KubeResources.Autoscalers);
        group.Add("services", new ServiceReconciler(cluster))
            .On(services)
            .On(cluster.Informer(KubeResources.Pods), pod => ServiceReconciler.Selecting(services, pod));
        group.Add("ingresses", new IngressReconciler(cluster), workers: 1).On(cluster.Informer(KubeResources.Ingresses));
        group.Add("volumeclaims", new VolumeClaimReconciler(cluster), workers: 1).On(cluster.Informer(KubeResources.VolumeClaims));
        group.Add("disruptionbudgets", new DisruptionReconciler(cluster), workers: 1)
            .On(budgets)
            .On(cluster.Informer(KubeResources.Pods), pod => DisruptionReconciler.Selecting(budgets, pod));
        group.Add("autoscalers", new AutoscalerReconciler(cluster), workers: 1)
            .On(autoscalers)
            .On(cluster.Informer(KubeResources.Deployments), target => AutoscalerReconciler.Scaling(autoscalers, target))
            .On(cluster.Informer(KubeResources.StatefulSets), target => AutoscalerReconciler.Scaling(autoscalers, target));
    }

    private static void AddQuotas(Cluster cluster, ControllerGroup group)
    {
        var quotas = cluster.Informer(KubeResources.Quotas);
        var wiring = group.Add("quotas", new QuotaReconciler(cluster), workers: 1).On(quotas);
        foreach (var resource in QuotaReconciler.Followed)
        {
            wiring.On(cluster.Informer(resource), item => QuotaReconciler.Around(quotas, item));
        }
    }

    // Only a deployment that makes its pods anew waits for the old ones to be gone.
    private static IEnumerable<NamespacedName> RecreatedBy(Cluster cluster, KubeObject pod) =>
        pod.Metadata.Controller("ReplicaSet") is { } set
        && cluster.Informer(KubeResources.ReplicaSets).Store.Get(new NamespacedName(pod.Metadata.Namespace, set.Name))?.Metadata.Controller("Deployment") is { } owner
        && cluster.Informer(KubeResources.Deployments).Store.Get(new NamespacedName(pod.Metadata.Namespace, owner.Name)) is { } deployment
        && deployment.ToDeployment().Spec.IsRecreate
            ? [deployment.Key]
            : [];
}
