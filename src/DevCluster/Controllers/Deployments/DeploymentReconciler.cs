using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Deployments;

/// <summary>Rolls deployments out through replica sets.</summary>
internal sealed class DeploymentReconciler : ObjectReconciler
{
    private readonly IInformer _replicaSets;
    private readonly IInformer _pods;
    private readonly IEventRecorder _events;
    private readonly Adoption _adoption;

    public DeploymentReconciler(Cluster cluster)
        : base(cluster, cluster.Informer(KubeResources.Deployments))
    {
        _replicaSets = cluster.Informer(KubeResources.ReplicaSets);
        _pods = cluster.Informer(KubeResources.Pods);
        _events = cluster.Recorder("deployment-controller");
        _adoption = new Adoption(cluster, Writes, Objects, _replicaSets);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        var deployment = value.ToDeployment();
        var claimed = await _adoption.ClaimAsync(value, deployment.Spec.Selector, static _ => true, cancellationToken);
        var state = new DeploymentState(deployment, claimed.Select(static set => set.ToReplicaSet()));
        var plan = DeploymentPlanner.Plan(state, OldPods(state));
        await RefreshAsync(state, cancellationToken);
        foreach (var step in plan.Scale)
        {
            await ScaleAsync(state, step, cancellationToken);
        }

        foreach (var set in plan.Remove)
        {
            Writes.Deleted(value.Key, _replicaSets, set.Object, await Cluster.Client.DeleteAsync(
                KubeResources.ReplicaSets, set.Object.Key, new DeleteOptions { PreconditionUid = set.Metadata.Uid }, cancellationToken));
        }

        var (created, collisions) = plan.Create is { } replicas ? await CreateAsync(state, replicas, cancellationToken) : (null, deployment.Status.CollisionCount);
        var status = DeploymentStatuses.Of(state, created, collisions, Cluster.Now);
        await WriteAsync(state, status, created is not null, cancellationToken);
        return DeploymentStatuses.UntilDeadline(deployment, status, Cluster.Now) is { } wait && wait > TimeSpan.Zero
            ? ReconcileResult.RequeueAfter(wait)
            : ReconcileResult.Done;
    }

    private int OldPods(DeploymentState state) => state.Deployment.Spec.IsRecreate
        ? state.Old.Sum(set => _pods.Store.ControlledBy(set.Metadata).Count(static pod => !pod.ToPod().IsTerminal()))
        : 0;

    private async Task RefreshAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        if (state.New is not null && !DeploymentPlanner.IsScaling(state) && !state.Deployment.Metadata.IsDeleting && ReplicaSetBuilding.Refresh(state) is { } patch)
        {
            await PatchAsync(state, state.New, patch, cancellationToken);
        }
    }

    private async Task ScaleAsync(DeploymentState state, ScaleStep step, CancellationToken cancellationToken)
    {
        await PatchAsync(state, step.Set, ReplicaSetBuilding.Scale(state, step.Replicas), cancellationToken);
        var present = step.Set.Spec.DesiredReplicas;
        if (present != step.Replicas)
        {
            var verb = step.Replicas > present ? "up" : "down";
            Tell(state, $"Scaled {verb} replica set {step.Set.Name} from {present} to {step.Replicas}");
        }
    }

    private async Task<(string? Created, int? Collisions)> CreateAsync(DeploymentState state, int replicas, CancellationToken cancellationToken)
    {
        var set = ReplicaSetBuilding.Build(state, replicas);
        try
        {
            var created = await Cluster.Client.CreateAsync(KubeResources.ReplicaSets, set, cancellationToken: cancellationToken);
            Writes.Wrote(state.Deployment.Object.Key, _replicaSets, created);
            Tell(state, $"Scaled up replica set {set.Metadata.Name} from 0 to {replicas}");
            return (set.Metadata.Name, state.Deployment.Status.CollisionCount);
        }
        catch (StatusException refusal) when (refusal.IsAlreadyExists)
        {
            return (null, (state.Deployment.Status.CollisionCount ?? 0) + 1);
        }
    }

    // The status first: who sees the revision sees the rollout.
    private async Task WriteAsync(DeploymentState state, DeploymentStatus status, bool created, CancellationToken cancellationToken)
    {
        var (key, value) = (state.Deployment.Object.Key, state.Deployment.Object);
        var written = await Cluster.Client.WriteStatusAsync(
            KubeResources.Deployments, value, status, WorkloadJsonContext.Default.DeploymentStatus, cancellationToken);
        if (written is not null)
        {
            Writes.Wrote(key, Objects, written);
        }

        var revision = state.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if ((state.New is not null || created)
            && !(value.Metadata.Annotations.TryGetValue(DeploymentAnnotations.Revision, out var present) && present == revision))
        {
            var patch = Patch.Merge(new JsonObject().Put(revision, "metadata", "annotations", DeploymentAnnotations.Revision));
            Writes.Wrote(key, Objects, await Cluster.Client.PatchAsync(KubeResources.Deployments, key, patch, cancellationToken: cancellationToken));
        }
    }

    private async Task PatchAsync(DeploymentState state, ReplicaSet set, JsonObject patch, CancellationToken cancellationToken) => Writes.Wrote(
        state.Deployment.Object.Key,
        _replicaSets,
        await Cluster.Client.PatchAsync(KubeResources.ReplicaSets, set.Object.Key, Patch.Merge(patch), cancellationToken: cancellationToken));

    private void Tell(DeploymentState state, string message) => _events.Record(state.Deployment.Object, EventType.Normal, "ScalingReplicaSet", "Scale", message);
}
