using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Scheduling;

/// <summary>
/// Chooses a node for a pod as kube-scheduler does with its default plugins, as far as a cluster without a network, volumes and neighbours
/// goes: filters, then the least allocated.
/// </summary>
internal static class Placement
{
    // What kube-scheduler counts for a container that asks for nothing, so that such pods spread.
    private const long UnsaidCpu = 100;
    private const long UnsaidMemory = 200L << 20;

    public static PlacementResult Choose(PodSpec pod, IReadOnlyCollection<Node> nodes, Func<string, Amounts> used)
    {
        if (nodes.Count == 0)
        {
            return PlacementResult.Refused("no nodes available to schedule pods");
        }

        var requests = PodRequests.Of(pod);
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        (Node Node, double Score)? best = null;
        foreach (var node in nodes.OrderBy(static node => node.Name, StringComparer.Ordinal))
        {
            var refusals = Refusals(pod, requests, node, used(node.Name)).ToList();
            foreach (var refusal in refusals)
            {
                reasons[refusal] = reasons.GetValueOrDefault(refusal) + 1;
            }

            if (refusals.Count == 0 && Allocated(requests, node, used(node.Name)) is var score && !(score >= best?.Score))
            {
                best = (node, score);
            }
        }

        return best is { } found ? PlacementResult.On(found.Node.Name) : PlacementResult.Refused(Message(nodes.Count, reasons));
    }

    /// <summary>Why a pod may not go to a node: the refusals of the first rule that it breaks; empty when it may.</summary>
    public static IEnumerable<string> Refusals(PodSpec pod, Amounts requests, Node node, Amounts used)
    {
        if (node.Spec.Unschedulable == true && !Taints.IsTolerated(new Taint { Key = Taints.Unschedulable, Effect = Taints.NoSchedule }, pod.Tolerations))
        {
            return ["node(s) were unschedulable"];
        }

        if (Taints.Untolerated(node, pod) is { } taint)
        {
            return [$"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}"];
        }

        return NodeRules.Allow(pod, node) ? Shortages(requests, node, used) : ["node(s) didn't match Pod's node affinity/selector"];
    }

    private static IEnumerable<string> Shortages(Amounts requests, Node node, Amounts used)
    {
        var allocatable = Amounts.Of(node.Status.Allocatable ?? new Dictionary<string, ApiMachinery.Quantities.Quantity>());
        foreach (var resource in requests.Resources)
        {
            if (requests[resource] > 0 && requests[resource] > allocatable[resource] - used[resource])
            {
                yield return resource == Amounts.Pods ? "Too many pods" : $"Insufficient {resource}";
            }
        }
    }

    // The mean share of what would be taken, the smaller the better.
    private static double Allocated(Amounts requests, Node node, Amounts used)
    {
        var allocatable = Amounts.Of(node.Status.Allocatable ?? new Dictionary<string, ApiMachinery.Quantities.Quantity>());
        var pods = used[Amounts.Pods] + 1;
        return Share(Amounts.Cpu, UnsaidCpu) + Share(Amounts.Memory, UnsaidMemory);

        double Share(string resource, long unsaid) =>
            (double)Math.Max(used[resource] + requests[resource], unsaid * pods) / Math.Max(1, allocatable[resource]);
    }

    private static string Message(int nodes, SortedDictionary<string, int> reasons) =>
        $"0/{nodes} nodes are available: {string.Join(", ", reasons.Select(static r => $"{r.Value} {r.Key}").Order(StringComparer.Ordinal))}.";
}
