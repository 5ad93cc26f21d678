using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Nodes;

/// <summary>
/// The nodes' side of nodes: registers those that the cluster was made of, once at each start, keeps their statuses and taints, and renews their
/// leases. A node that a person creates is taken for one that has joined; one that is deleted stays away until the next start.
/// </summary>
internal sealed class NodeReconciler : ObjectReconciler
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);
    private const string LeaseNamespace = "kube-node-lease";

    private readonly Dictionary<string, DevNode> _machines;
    private readonly List<string> _addresses;
    private readonly IEventRecorder _events;

    public NodeReconciler(Cluster cluster, IReadOnlyList<DevNode> machines)
        : base(cluster, cluster.Informer(KubeResources.Nodes))
    {
        _machines = machines.ToDictionary(static machine => machine.Name, StringComparer.Ordinal);
        _addresses = [.. machines.Select(static machine => machine.Name)];
        _events = cluster.Recorder("kubelet");
    }

    /// <summary>Registers the nodes that are missing.</summary>
    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(
            new GroupVersionResource("", "v1", "namespaces"), KubeObjectBuilder.New("v1", "Namespace").WithName(LeaseNamespace).Build(), cancellationToken);
        foreach (var machine in _machines.Values)
        {
            await EnsureAsync(KubeResources.Nodes, NodeBuilding.Build(machine), cancellationToken);
        }
    }

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        if (value.Metadata.IsDeleting)
        {
            return ReconcileResult.Done;
        }

        var node = value.ToNodeObject();
        if (await TaintAsync(node, cancellationToken))
        {
            return ReconcileResult.Done;
        }

        var status = NodeBuilding.Status(value, _machines.GetValueOrDefault(node.Name), AddressOf(node.Name), Cluster.Now);
        var written = await Cluster.Client.WriteStatusAsync(KubeResources.Nodes, value, status, cancellationToken);
        if (written is not null)
        {
            Writes.Wrote(value.Key, Objects, written);
            Tell(node, written.ToNodeObject());
        }

        foreach (var mistake in NodeCapacity.Mistakes(value))
        {
            _events.Record(value, EventType.Warning, "InvalidCapacity", "Resizing", mistake);
        }

        if (!value.IsDown())
        {
            await RenewLeaseAsync(value, cancellationToken);
        }

        return ReconcileResult.RequeueAfter(Heartbeat);
    }

    // Whether taints were changed: the change wakes this node again.
    private async Task<bool> TaintAsync(Node node, CancellationToken cancellationToken)
    {
        var taints = NodeBuilding.TaintsOf(node, Cluster.Now);
        if (taints.SequenceEqual(node.Spec.Taints ?? []))
        {
            return false;
        }

        var list = new JsonArray([.. taints.Select(static taint => JsonSerializer.SerializeToNode(taint, WorkloadJsonContext.Default.Taint))]);
        var patch = new JsonObject()
            .Put(node.Metadata.ResourceVersion, "metadata", "resourceVersion")
            .Put(list.Count == 0 ? null : list, "spec", "taints");
        Writes.Wrote(
            node.Object.Key, Objects, await Cluster.Client.PatchAsync(KubeResources.Nodes, node.Object.Key, Patch.Merge(patch), cancellationToken: cancellationToken));
        return true;
    }

    private void Tell(Node old, Node now)
    {
        var (before, after) = (old.Status.Conditions.IsTrue("Ready"), now.Status.Conditions.IsTrue("Ready"));
        if (before != after)
        {
            var reason = after ? "NodeReady" : "NodeNotReady";
            _events.Record(now.Object, EventType.Normal, reason, reason, $"Node {now.Name} status is now: {reason}");
        }
    }

    private async Task RenewLeaseAsync(KubeObject node, CancellationToken cancellationToken)
    {
        var name = new NamespacedName(LeaseNamespace, node.Metadata.Name);
        var spec = new JsonObject
        {
            ["holderIdentity"] = node.Metadata.Name,
            ["leaseDurationSeconds"] = 40,
            ["renewTime"] = Cluster.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        };
        try
        {
            await Cluster.Client.PatchAsync(
                KubeResources.Leases, name, Patch.Merge(new JsonObject { ["spec"] = spec.DeepClone() }), cancellationToken: cancellationToken);
        }
        catch (StatusException refusal) when (refusal.IsNotFound)
        {
            var owner = new JsonArray(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["name"] = node.Metadata.Name, ["uid"] = node.Metadata.Uid });
            var lease = KubeObjectBuilder.New("coordination.k8s.io/v1", "Lease").WithNamespace(name.Namespace).WithName(name.Name)
                .With(owner, "metadata", "ownerReferences").With(spec, "spec").Build();
            await Cluster.Client.CreateAsync(KubeResources.Leases, lease, cancellationToken: cancellationToken);
        }
    }

    private async Task EnsureAsync(GroupVersionResource resource, KubeObject value, CancellationToken cancellationToken)
    {
        try
        {
            await Cluster.Client.CreateAsync(resource, value, cancellationToken: cancellationToken);
        }
        catch (StatusException refusal) when (refusal.IsAlreadyExists)
        {
            // There since an earlier start.
        }
    }

    private string AddressOf(string name)
    {
        lock (_addresses)
        {
            var at = _addresses.IndexOf(name);
            if (at < 0)
            {
                _addresses.Add(name);
                at = _addresses.Count - 1;
            }

            return $"172.18.{at / 250}.{(at % 250) + 2}";
        }
    }
}
