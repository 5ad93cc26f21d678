using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.ReplicaSets;

/// <summary>Keeps as many pods as replica sets ask for.</summary>
internal sealed class ReplicaSetReconciler : ObjectReconciler
{
    private readonly IInformer _pods;
    private readonly PodControl _control;
    private readonly Adoption _adoption;

    public ReplicaSetReconciler(Cluster cluster)
        : base(cluster, cluster.Informer(KubeResources.ReplicaSets))
    {
        _pods = cluster.Informer(KubeResources.Pods);
        _control = new PodControl(cluster, Writes, "replicaset-controller");
        _adoption = new Adoption(cluster, Writes, Objects, _pods);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        var set = value.ToReplicaSet();
        var claimed = await _adoption.ClaimAsync(value, set.Spec.Selector, static pod => pod.ToPod().IsActive(), cancellationToken);
        var pods = claimed.Select(static pod => pod.ToPod()).ToList();
        var plan = ReplicaSetPlanner.Plan(set, pods);
        var failure = await ActAsync(set, plan, cancellationToken);
        var status = ReplicaSetStatuses.Of(set, pods, failure?.Message, Cluster.Now);
        var written = await Cluster.Client.WriteStatusAsync(
            KubeResources.ReplicaSets, value, status, WorkloadJsonContext.Default.ReplicaSetStatus, cancellationToken);
        if (written is not null)
        {
            Writes.Wrote(value.Key, Objects, written);
        }

        return failure is not null ? ReconcileResult.Requeue
            : pods.NextAvailable(set.Spec.MinReadySeconds, Cluster.Now) is { } wait ? ReconcileResult.RequeueAfter(wait)
            : ReconcileResult.Done;
    }

    private async Task<StatusException?> ActAsync(ReplicaSet set, ReplicaSetPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await _control.CreateAsync(set.Object, plan.Create, cancellationToken);
            await _control.DeleteAsync(set.Object, plan.Delete, cancellationToken);
            return null;
        }
        catch (StatusException refusal) when (!refusal.IsNamespaceTerminating && !refusal.IsConflict)
        {
            return refusal;
        }
    }
}
