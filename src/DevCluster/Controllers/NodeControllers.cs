using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Nodes;
using KubeFed.DevClusters.Controllers.Pods;
using KubeFed.DevClusters.Controllers.Scheduling;

namespace KubeFed.DevClusters.Controllers;

/// <summary>What kube-scheduler and the kubelets do, as far as a user of the API sees it, for a cluster that has all other controllers.</summary>
internal sealed class NodeControllers : IDevController
{
    public async Task RunAsync(DevControllerContext context, CancellationToken token)
    {
        await using var cluster = new Cluster(context.Client, context.Time, context.Logging);
        using var group = new ControllerGroup(cluster);
        var nodes = new NodeReconciler(cluster, context.Options.Nodes);
        group.Add("nodes", nodes).On(cluster.Informer(KubeResources.Nodes));
        var scheduler = new SchedulerReconciler(cluster, ownApi: false);
        scheduler.Follow(group.Add("scheduler", scheduler, workers: 1).Queue);
        var pods = new PodReconciler(cluster, new PodTimings());
        pods.Follow(group.Add("pods", pods, workers: 4).Queue);
        await nodes.RegisterAsync(token);
        await group.RunAsync(token);
    }
}
