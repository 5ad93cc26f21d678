using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.DevClusters.Controllers.Revisions;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.DaemonSets;

/// <summary>Keeps a pod of every daemon set on every node that suits.</summary>
internal sealed class DaemonSetReconciler : ObjectReconciler
{
    private readonly IInformer _pods;
    private readonly IInformer _nodes;
    private readonly PodControl _control;
    private readonly RevisionHistory _history;
    private readonly Adoption _adoption;

    public DaemonSetReconciler(Cluster cluster)
        : base(cluster, cluster.Informer(KubeResources.DaemonSets))
    {
        _pods = cluster.Informer(KubeResources.Pods);
        _nodes = cluster.Informer(KubeResources.Nodes);
        _control = new PodControl(cluster, Writes, "daemonset-controller");
        _history = new RevisionHistory(cluster, Writes);
        _adoption = new Adoption(cluster, Writes, Objects, _pods);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        if (value.Metadata.IsDeleting)
        {
            return ReconcileResult.Done;
        }

        var set = value.ToDaemonSet();
        if (await _history.CurrentAsync(value, cancellationToken) is not { } update)
        {
            return ReconcileResult.Requeue;
        }

        var claimed = await _adoption.ClaimAsync(value, set.Spec.Selector, static pod => pod.ToPod().IsActive(), cancellationToken);
        var pods = claimed.Select(static pod => pod.ToPod()).ToList();
        var nodes = _nodes.Store.List().Select(static node => node.ToNodeObject()).ToList();
        var plan = DaemonSetPlanner.Plan(set, nodes, pods, update.Hash, Cluster.Now);
        foreach (var node in plan.Create)
        {
            await _control.CreateAsync(value, Build(set, update, node), cancellationToken);
        }

        await _control.DeleteAsync(value, plan.Delete, cancellationToken);
        var status = Status(set, DaemonSetPlanner.Eligible(set, nodes), pods, update.Hash);
        if (await Cluster.Client.WriteStatusAsync(
            KubeResources.DaemonSets, value, status, WorkloadJsonContext.Default.DaemonSetStatus, cancellationToken) is { } written)
        {
            Writes.Wrote(value.Key, Objects, written);
        }

        var used = pods.Select(DaemonSetPlanner.HashOf).Append(update.Hash).ToHashSet(StringComparer.Ordinal);
        await _history.TrimAsync(value, set.Spec.RevisionHistoryLimit, used, cancellationToken);
        return pods.NextAvailable(set.Spec.MinReadySeconds, Cluster.Now) is { } wait ? ReconcileResult.RequeueAfter(wait) : ReconcileResult.Done;
    }

    private static JsonObject Build(DaemonSet set, Revision update, string node)
    {
        var pod = PodBuilding.FromTemplate(set.Object, update.Template)
            .Labelled(RevisionHistory.HashLabel, update.Hash)
            .Labelled("pod-template-generation", "1");
        var field = new JsonObject { ["key"] = "metadata.name", ["operator"] = "In", ["values"] = new JsonArray(node) };
        pod.Put(
            new JsonArray(new JsonObject { ["matchFields"] = new JsonArray(field) }),
            "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        var tolerations = pod["spec"]!["tolerations"] as JsonArray ?? [];
        if (tolerations.Parent is null)
        {
            pod.Put(tolerations, "spec", "tolerations");
        }

        foreach (var toleration in DaemonSetPlanner.Tolerations)
        {
            tolerations.Add(JsonSerializer.SerializeToNode(toleration, WorkloadJsonContext.Default.Toleration));
        }

        return pod;
    }

    private DaemonSetStatus Status(DaemonSet set, IReadOnlySet<string> wanted, List<Pod> pods, string updateHash)
    {
        var active = pods.Where(static pod => pod.IsActive()).ToList();
        var placed = active.Where(pod => wanted.Contains(DaemonSetPlanner.TargetOf(pod))).DistinctBy(DaemonSetPlanner.TargetOf, StringComparer.Ordinal).ToList();
        var available = placed.Count(pod => pod.IsAvailable(set.Spec.MinReadySeconds, Cluster.Now));
        return new DaemonSetStatus
        {
            ObservedGeneration = set.Metadata.Generation,
            DesiredNumberScheduled = wanted.Count,
            CurrentNumberScheduled = placed.Count,
            NumberMisscheduled = active.Count(pod => !wanted.Contains(DaemonSetPlanner.TargetOf(pod))),
            NumberReady = placed.Count(static pod => pod.IsReady()),
            NumberAvailable = available,
            NumberUnavailable = wanted.Count - available,
            UpdatedNumberScheduled = placed.Count(pod => DaemonSetPlanner.HashOf(pod) == updateHash),
            Conditions = set.Status.Conditions,
        };
    }
}
