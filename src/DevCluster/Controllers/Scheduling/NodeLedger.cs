using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Scheduling;

/// <summary>
/// What the pods on each node ask for, kept up as pods come and go. A pod that was just bound counts before the informer shows it. Calls
/// <paramref name="freed"/> when a node has more room than before.
/// </summary>
internal sealed class NodeLedger(Action freed) : IInformerHandler
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Node, Amounts Requests)> _pods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Amounts> _nodes = new(StringComparer.Ordinal);

    /// <summary>What the pods on a node ask for.</summary>
    public Amounts Used(string node)
    {
        lock (_lock)
        {
            return _nodes.GetValueOrDefault(node);
        }
    }

    /// <summary>Counts a pod that is about to be bound.</summary>
    public void Assume(string uid, string node, Amounts requests)
    {
        lock (_lock)
        {
            Put(uid, node, requests);
        }
    }

    /// <summary>Counts a pod no more.</summary>
    public void Forget(string uid)
    {
        bool removed;
        lock (_lock)
        {
            removed = Take(uid);
        }

        if (removed)
        {
            freed();
        }
    }

    public void OnAdd(KubeObject value, bool isInInitialList) => Observe(value);

    public void OnUpdate(KubeObject old, KubeObject value)
    {
        if (old.Metadata.Uid != value.Metadata.Uid)
        {
            Forget(old.Metadata.Uid ?? "");
        }

        Observe(value);
    }

    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => Forget(last.Metadata.Uid ?? "");

    private void Observe(KubeObject value)
    {
        var pod = value.ToPod();
        var uid = value.Metadata.Uid ?? "";
        if (pod.IsTerminal())
        {
            Forget(uid);
        }
        else if (pod.Spec.NodeName is { Length: > 0 } node)
        {
            Assume(uid, node, PodRequests.Of(pod.Spec));
        }
    }

    private void Put(string uid, string node, Amounts requests)
    {
        if (_pods.TryGetValue(uid, out var present) && present.Node == node)
        {
            return;
        }

        Take(uid);
        _pods[uid] = (node, requests);
        _nodes[node] = _nodes.GetValueOrDefault(node).Plus(requests);
    }

    private bool Take(string uid)
    {
        if (!_pods.Remove(uid, out var present))
        {
            return false;
        }

        _nodes[present.Node] = _nodes[present.Node].Minus(present.Requests);
        return true;
    }
}
