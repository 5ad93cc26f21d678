using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.DevClusters.Controllers.Revisions;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.StatefulSets;

/// <summary>Keeps the pods of stateful sets and their volume claims.</summary>
internal sealed class StatefulSetReconciler : ObjectReconciler
{
    private readonly IInformer _pods;
    private readonly IInformer _claims;
    private readonly PodControl _control;
    private readonly RevisionHistory _history;
    private readonly Adoption _adoption;

    public StatefulSetReconciler(Cluster cluster)
        : base(cluster, cluster.Informer(KubeResources.StatefulSets))
    {
        _pods = cluster.Informer(KubeResources.Pods);
        _claims = cluster.Informer(KubeResources.VolumeClaims);
        _control = new PodControl(cluster, Writes, "statefulset-controller");
        _history = new RevisionHistory(cluster, Writes);
        _adoption = new Adoption(cluster, Writes, Objects, _pods);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        if (value.Metadata.IsDeleting)
        {
            return ReconcileResult.Done;
        }

        var set = value.ToStatefulSet();
        if (await _history.CurrentAsync(value, cancellationToken) is not { } update)
        {
            return ReconcileResult.Requeue;
        }

        var claimed = await _adoption.ClaimAsync(value, set.Spec.Selector, pod => StatefulSetPlanner.OrdinalOf(set, pod.ToPod()) >= 0, cancellationToken);
        var pods = claimed.Select(static pod => pod.ToPod()).ToList();
        var plan = StatefulSetPlanner.Plan(set, pods, update.Hash, Cluster.Now);
        foreach (var ordinal in plan.Create)
        {
            await CreateAsync(set, ordinal, update, cancellationToken);
        }

        await _control.DeleteAsync(value, plan.Delete, cancellationToken);
        var status = StatefulSetStatuses.Of(set, pods, update.Hash, Cluster.Now);
        if (await Cluster.Client.WriteStatusAsync(
            KubeResources.StatefulSets, value, status, WorkloadJsonContext.Default.StatefulSetStatus, cancellationToken) is { } written)
        {
            Writes.Wrote(value.Key, Objects, written);
        }

        var used = pods.Select(StatefulSetPlanner.HashOf).Append(update.Hash).ToHashSet(StringComparer.Ordinal);
        await _history.TrimAsync(value, set.Spec.RevisionHistoryLimit, used, cancellationToken);
        return pods.NextAvailable(set.Spec.MinReadySeconds, Cluster.Now) is { } wait ? ReconcileResult.RequeueAfter(wait) : ReconcileResult.Done;
    }

    // Below the partition pods keep the former template, where it is known.
    private async Task CreateAsync(StatefulSet set, int ordinal, Revision update, CancellationToken cancellationToken)
    {
        var partition = set.Spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0;
        var revision = ordinal < partition ? _history.Find(set.Object, set.Status.CurrentRevision) ?? update : update;
        var name = $"{set.Name}-{ordinal.ToString(CultureInfo.InvariantCulture)}";
        var pod = PodBuilding.FromTemplate(set.Object, revision.Template).Named(name)
            .Labelled(RevisionHistory.HashLabel, revision.Hash)
            .Labelled("statefulset.kubernetes.io/pod-name", name)
            .Labelled("apps.kubernetes.io/pod-index", ordinal.ToString(CultureInfo.InvariantCulture))
            .Put(name, "spec", "hostname");
        if (set.Spec.ServiceName is { Length: > 0 } service)
        {
            pod.Put(service, "spec", "subdomain");
        }

        foreach (var template in (set.Object.GetNode("spec", "volumeClaimTemplates") as JsonArray ?? []).OfType<JsonObject>())
        {
            await ClaimAsync(set, pod, template, name, cancellationToken);
        }

        await _control.CreateAsync(set.Object, pod, cancellationToken);
    }

    private async Task ClaimAsync(StatefulSet set, JsonObject pod, JsonObject template, string podName, CancellationToken cancellationToken)
    {
        var volume = (string?)template["metadata"]?["name"] ?? "data";
        var claim = template.DeepClone().AsObject()
            .Put("v1", "apiVersion")
            .Put("PersistentVolumeClaim", "kind")
            .Put($"{volume}-{podName}", "metadata", "name")
            .Put(set.Namespace, "metadata", "namespace");
        claim.Remove("status");
        var labels = set.Spec.Selector?.MatchLabels ?? StringMap.Empty;
        foreach (var (key, label) in labels)
        {
            claim.Labelled(key, label);
        }

        try
        {
            var made = await Cluster.Client.CreateAsync(KubeResources.VolumeClaims, KubeObject.FromNode(claim), cancellationToken: cancellationToken);
            Writes.Wrote(set.Object.Key, _claims, made);
        }
        catch (StatusException refusal) when (refusal.IsAlreadyExists)
        {
            // Of an earlier pod of that name, whose data it keeps.
        }

        if (pod["spec"]!["volumes"] is not JsonArray volumes)
        {
            pod.Put(volumes = [], "spec", "volumes");
        }

        volumes.Add(new JsonObject
        {
            ["name"] = volume,
            ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = $"{volume}-{podName}" },
        });
    }
}
