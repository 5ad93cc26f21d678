using System.Collections.Concurrent;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>The kubelets of all nodes: acts out the lives of the pods that are assigned to them.</summary>
internal sealed class PodReconciler : ObjectReconciler, IInformerHandler
{
    private readonly ConcurrentDictionary<string, (PodStage Stage, long Since)> _stages = new(StringComparer.Ordinal);
    private readonly PodAddresses _addresses = new();
    private readonly PodTimings _timings;
    private readonly IInformer _nodes;
    private readonly IEventRecorder _events;

    public PodReconciler(Cluster cluster, PodTimings timings)
        : base(cluster, cluster.Informer(KubeResources.Pods))
    {
        _timings = timings;
        _nodes = cluster.Informer(KubeResources.Nodes);
        _events = cluster.Recorder("kubelet");
    }

    /// <summary>Says where pods are queued, and follows pods and nodes.</summary>
    public void Follow(KeyedQueue<NamespacedName> queue)
    {
        Objects.AddHandler(this);
        Objects.AddHandler(new KeyHandler(queue, static pod => [pod.Key]));
        _nodes.AddHandler(new NodePresence(name =>
        {
            foreach (var pod in Objects.Store.OnNode(name))
            {
                queue.Add(pod.Key);
            }
        }));
    }

    void IInformerHandler.OnAdd(KubeObject value, bool isInInitialList)
    {
        // An address that a pod has must not be given to another.
        if (value.ToPod().Status.PodIP is { Length: > 0 } address)
        {
            _addresses.Of(value.Metadata.Uid!, address);
        }
    }

    void IInformerHandler.OnUpdate(KubeObject old, KubeObject value)
    {
        if (old.Metadata.Uid != value.Metadata.Uid)
        {
            Forget(old);
        }
    }

    void IInformerHandler.OnDelete(KubeObject last, bool isFinalStateUnknown) => Forget(last);

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        var pod = value.ToPod();
        var node = pod.Spec.NodeName is { Length: > 0 } name ? _nodes.Store.Get(NamespacedName.Cluster(name))?.ToNodeObject() : null;
        var stage = PodLifecycle.StageOf(pod, node);
        if (stage == PodStage.Unassigned)
        {
            return ReconcileResult.Done;
        }

        var step = PodLifecycle.Next(View(pod, stage, node), ElapsedIn(stage, value.Metadata.Uid!), _timings);
        await TakeAsync(pod, step, cancellationToken);
        return step.Wake is { } wait ? ReconcileResult.RequeueAfter(wait) : ReconcileResult.Done;
    }

    private PodView View(Pod pod, PodStage stage, Node? node)
    {
        var host = node?.Status.Addresses?.FirstOrDefault(static a => a.Type == "InternalIP")?.Address ?? "";
        var address = stage != PodStage.Starting ? "" : pod.Spec.HostNetwork == true ? host : _addresses.Of(pod.Metadata.Uid!, pod.Status.PodIP);
        return new PodView(pod, stage, host, address, Cluster.Now);
    }

    private TimeSpan ElapsedIn(PodStage stage, string uid)
    {
        var now = Cluster.Time.GetTimestamp();
        var known = _stages.AddOrUpdate(uid, _ => (stage, now), (_, known) => known.Stage == stage ? known : (stage, now));
        return Cluster.Time.GetElapsedTime(known.Since, now);
    }

    private async Task TakeAsync(Pod pod, PodStep step, CancellationToken cancellationToken)
    {
        if (step.Remove)
        {
            await RemoveAsync(pod, cancellationToken);
        }
        else if (step.Status is { } status
            && await Cluster.Client.WriteStatusAsync(KubeResources.Pods, pod.Object, status, WorkloadJsonContext.Default.PodStatus, cancellationToken) is { } written)
        {
            Writes.Wrote(pod.Object.Key, Objects, written);
        }

        if (step.Event is var (reason, message))
        {
            _events.Record(pod.Object, EventType.Normal, reason, reason, message);
        }
    }

    private async Task RemoveAsync(Pod pod, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions { GracePeriodSeconds = 0, PreconditionUid = pod.Metadata.Uid, PropagationPolicy = PropagationPolicy.Background };
        try
        {
            var remains = await Cluster.Client.DeleteAsync(KubeResources.Pods, pod.Object.Key, options, cancellationToken);
            Writes.Deleted(pod.Object.Key, Objects, pod.Object, remains);
        }
        catch (StatusException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            // Gone already, or another of the same name.
        }
    }

    private void Forget(KubeObject pod)
    {
        var uid = pod.Metadata.Uid ?? "";
        _stages.TryRemove(uid, out _);
        _addresses.Release(uid);
    }
}
