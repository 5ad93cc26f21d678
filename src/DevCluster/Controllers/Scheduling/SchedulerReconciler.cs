using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Scheduling;

/// <summary>
/// Binds pods to nodes, one at a time. A pod that fits nowhere says so in its status and is tried again when a node comes, changes or
/// has more room.
/// </summary>
internal sealed class SchedulerReconciler : ObjectReconciler
{
    private const string Name = "default-scheduler";

    private readonly ConcurrentDictionary<NamespacedName, DateTimeOffset?> _waiting = new();
    private readonly IInformer _nodes;
    private readonly NodeLedger _ledger;
    private readonly IEventRecorder _events;
    private readonly bool _ownApi;
    private KeyedQueue<NamespacedName>? _queue;

    /// <param name="cluster">The cluster.</param>
    /// <param name="ownApi">Whether its API is ours, which lets the node be written into the pod; any other takes a Binding only.</param>
    public SchedulerReconciler(Cluster cluster, bool ownApi = true)
        : base(cluster, cluster.Informer(KubeResources.Pods))
    {
        _ownApi = ownApi;
        _nodes = cluster.Informer(KubeResources.Nodes);
        _events = cluster.Recorder(Name);
        _ledger = new NodeLedger(Retry);
    }

    /// <summary>Says where the pods to place are queued, and follows what changes the room on nodes.</summary>
    public void Follow(KeyedQueue<NamespacedName> queue)
    {
        _queue = queue;
        Objects.AddHandler(_ledger);
        Objects.AddHandler(new KeyHandler(queue, static pod => IsBound(pod) ? [] : [pod.Key]));
        _nodes.AddHandler(new NodeChanges(Retry));
    }

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        var pod = value.ToPod();
        if (IsBound(value) || !pod.IsActive() || (pod.Spec.SchedulerName is { Length: > 0 } other && other != Name) || pod.Spec.SchedulingGates is { Count: > 0 })
        {
            _waiting.TryRemove(value.Key, out _);
            return ReconcileResult.Done;
        }

        // Before the nodes are looked at: what changes from then on must find the pod waiting.
        _waiting[value.Key] = pod.Metadata.CreationTimestamp;
        var result = Placement.Choose(pod.Spec, [.. _nodes.Store.List().Select(static node => node.ToNodeObject())], _ledger.Used);
        if (result.Node is { } node)
        {
            await BindAsync(pod, node, cancellationToken);
            _waiting.TryRemove(value.Key, out _);
        }
        else
        {
            await RefuseAsync(pod, result.Refusal!, cancellationToken);
        }

        return ReconcileResult.Done;
    }

    protected override Task<ReconcileResult> GoneAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        _waiting.TryRemove(key, out _);
        return base.GoneAsync(key, cancellationToken);
    }

    private static bool IsBound(KubeObject pod) => !string.IsNullOrEmpty(pod.ToPod().Spec.NodeName);

    private async Task BindAsync(Pod pod, string node, CancellationToken cancellationToken)
    {
        var uid = pod.Metadata.Uid!;
        _ledger.Assume(uid, node, PodRequests.Of(pod.Spec));
        try
        {
            await (_ownApi ? AssignAsync(pod, uid, node, cancellationToken) : CreateBindingAsync(pod, uid, node, cancellationToken));
        }
        catch
        {
            _ledger.Forget(uid);
            throw;
        }

        _events.Record(pod.Object, EventType.Normal, "Scheduled", "Binding", $"Successfully assigned {pod.Object.Key} to {node}");
    }

    private async Task AssignAsync(Pod pod, string uid, string node, CancellationToken cancellationToken)
    {
        var patch = new JsonObject().Put(uid, "metadata", "uid").Put(node, "spec", "nodeName");
        Writes.Wrote(pod.Object.Key, Objects, await Cluster.Client.PatchAsync(KubeResources.Pods, pod.Object.Key, Patch.Merge(patch), cancellationToken: cancellationToken));
    }

    private async Task CreateBindingAsync(Pod pod, string uid, string node, CancellationToken cancellationToken)
    {
        var target = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["name"] = node };
        var binding = KubeObjectBuilder.New("v1", "Binding").WithNamespace(pod.Object.Key.Namespace).WithName(pod.Object.Key.Name)
            .With(JsonValue.Create(uid), "metadata", "uid").With(target, "target").Build();
        await Cluster.Client.CreateAsync(KubeResources.Pods, binding, new WriteOptions { Subresource = "binding" }, cancellationToken);
    }

    private async Task RefuseAsync(Pod pod, string refusal, CancellationToken cancellationToken)
    {
        var status = pod.Status with
        {
            Phase = PodState.Pending,
            Conditions = pod.Status.Conditions.With(PodState.Scheduled, Condition.False, "Unschedulable", refusal, Cluster.Now),
        };
        var written = await Cluster.Client.WriteStatusAsync(
            KubeResources.Pods, pod.Object, status, WorkloadJsonContext.Default.PodStatus, cancellationToken);
        if (written is not null)
        {
            Writes.Wrote(pod.Object.Key, Objects, written);
            _events.Record(pod.Object, EventType.Warning, "FailedScheduling", "Scheduling", refusal);
        }
    }

    // The oldest first, as they would have been placed.
    private void Retry()
    {
        foreach (var (key, _) in _waiting.OrderBy(static waiting => waiting.Value).ThenBy(static waiting => waiting.Key))
        {
            _queue?.Add(key);
        }
    }
}
