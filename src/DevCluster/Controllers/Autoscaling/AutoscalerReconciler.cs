using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Autoscaling;

/// <summary>Keeps the targets of autoscalers within their bounds; there are no metrics to do more by.</summary>
internal sealed class AutoscalerReconciler : ObjectReconciler
{
    private readonly Dictionary<string, IInformer> _targets;
    private readonly IEventRecorder _events;

    public AutoscalerReconciler(Cluster cluster)
        : base(cluster, cluster.Informer(KubeResources.Autoscalers))
    {
        _events = cluster.Recorder("horizontal-pod-autoscaler");
        _targets = new Dictionary<string, IInformer>(StringComparer.Ordinal)
        {
            ["Deployment"] = cluster.Informer(KubeResources.Deployments),
            ["ReplicaSet"] = cluster.Informer(KubeResources.ReplicaSets),
            ["StatefulSet"] = cluster.Informer(KubeResources.StatefulSets),
        };
    }

    /// <summary>The autoscalers of an object.</summary>
    public static IEnumerable<NamespacedName> Scaling(IInformer autoscalers, KubeObject target) => autoscalers.Store.InNamespace(target.Metadata.Namespace)
        .Where(autoscaler => autoscaler.ToAutoscaler().Spec.ScaleTargetRef is { } reference && reference.Kind == target.Kind && reference.Name == target.Metadata.Name)
        .Select(static autoscaler => autoscaler.Key);

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        if (value.Metadata.IsDeleting)
        {
            return ReconcileResult.Done;
        }

        var autoscaler = value.ToAutoscaler();
        var target = Target(autoscaler, out var informer);
        var present = target is null ? (int?)null : target.GetNode("spec", "replicas")?.GetValue<int>() ?? 1;
        if (present is { } size && AutoscalerStatuses.Desired(autoscaler.Spec, size) is var desired && desired != size)
        {
            var patch = Patch.Merge(new JsonObject().Put(desired, "spec", "replicas"));
            Writes.Wrote(
                value.Key, informer!, await Cluster.Client.PatchAsync(informer!.Resource, target!.Key, patch, cancellationToken: cancellationToken));
            var side = desired < size ? "above" : "below";
            _events.Record(value, EventType.Normal, "SuccessfulRescale", "Rescale", $"New size: {desired}; reason: Current number of replicas {side} Spec.{(desired < size ? "Max" : "Min")}Replicas");
        }

        var status = AutoscalerStatuses.Of(autoscaler, present, Cluster.Now);
        if (await Cluster.Client.WriteStatusAsync(
            KubeResources.Autoscalers, value, status, WorkloadJsonContext.Default.AutoscalerStatus, cancellationToken) is { } written)
        {
            Writes.Wrote(value.Key, Objects, written);
        }

        return ReconcileResult.Done;
    }

    private KubeObject? Target(Autoscaler autoscaler, out IInformer? informer)
    {
        informer = null;
        return autoscaler.Spec.ScaleTargetRef is { } reference && _targets.TryGetValue(reference.Kind, out informer)
            ? informer.Store.Get(new NamespacedName(autoscaler.Namespace, reference.Name))
            : null;
    }
}
