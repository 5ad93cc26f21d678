using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.DevClusters.Controllers.Revisions;
using KubeFed.DevClusters.Controllers.Scheduling;

namespace KubeFed.DevClusters.Controllers.DaemonSets;

/// <summary>Decides for daemon sets: one pod on every node that suits, replaced a few at a time.</summary>
internal static class DaemonSetPlanner
{
    // What every pod of a daemon set tolerates, as kube-controller-manager adds it.
    public static readonly IReadOnlyList<Toleration> Tolerations =
    [
        new() { Key = "node.kubernetes.io/not-ready", Operator = "Exists", Effect = Taints.NoExecute },
        new() { Key = Taints.Unreachable, Operator = "Exists", Effect = Taints.NoExecute },
        new() { Key = "node.kubernetes.io/disk-pressure", Operator = "Exists", Effect = Taints.NoSchedule },
        new() { Key = "node.kubernetes.io/memory-pressure", Operator = "Exists", Effect = Taints.NoSchedule },
        new() { Key = "node.kubernetes.io/pid-pressure", Operator = "Exists", Effect = Taints.NoSchedule },
        new() { Key = Taints.Unschedulable, Operator = "Exists", Effect = Taints.NoSchedule },
    ];

    public static DaemonSetPlan Plan(DaemonSet set, IReadOnlyCollection<Node> nodes, IReadOnlyList<Pod> pods, string updateHash, DateTimeOffset now)
    {
        var wanted = Eligible(set, nodes);
        var byNode = pods.Where(static pod => !pod.Metadata.IsDeleting).ToLookup(TargetOf, StringComparer.Ordinal);
        var leaving = pods.Where(static pod => pod.Metadata.IsDeleting).Select(TargetOf).ToHashSet(StringComparer.Ordinal);
        var delete = new List<Pod>();
        foreach (var group in byNode)
        {
            delete.AddRange(group.Where(pod => pod.IsTerminal() || !wanted.Contains(group.Key)));
            delete.AddRange(group.Where(pod => !pod.IsTerminal() && wanted.Contains(group.Key)).OrderByDescending(static pod => pod.IsReady()).ThenBy(static pod => pod.Metadata.CreationTimestamp).Skip(1));
        }

        var create = wanted.Where(node => !byNode.Contains(node) && !leaving.Contains(node)).Order(StringComparer.Ordinal).ToList();
        return new DaemonSetPlan(create, [.. delete, .. Outdated(set, wanted, pods.Except(delete), updateHash, now)]);
    }

    /// <summary>The nodes that are to have a pod.</summary>
    public static IReadOnlySet<string> Eligible(DaemonSet set, IReadOnlyCollection<Node> nodes)
    {
        var spec = set.Spec.Template?.Spec ?? new PodSpec();
        var pod = spec with { Tolerations = [.. spec.Tolerations ?? [], .. Tolerations] };
        return nodes
            .Where(node => (spec.NodeName is null || spec.NodeName == node.Name) && NodeRules.Allow(pod, node) && Taints.Untolerated(node, pod) is null or { Key: Taints.Unreachable })
            .Select(static node => node.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The node that a pod of a daemon set is meant for, whether or not it is bound.</summary>
    public static string TargetOf(Pod pod) => pod.Spec.NodeName is { Length: > 0 } node ? node
        : pod.Spec.Affinity?.NodeAffinity?.Required?.NodeSelectorTerms.SelectMany(static t => t.MatchFields ?? []).FirstOrDefault()?.Values is [var name, ..] ? name
        : "";

    private static IEnumerable<Pod> Outdated(DaemonSet set, IReadOnlySet<string> wanted, IEnumerable<Pod> pods, string updateHash, DateTimeOffset now)
    {
        if (set.Spec.UpdateStrategy?.Type == "OnDelete")
        {
            return [];
        }

        var kept = pods.Where(static pod => pod.IsActive()).ToList();
        var old = kept.Where(pod => HashOf(pod) != updateHash).OrderBy(pod => pod.IsAvailable(set.Spec.MinReadySeconds, now)).ThenBy(static pod => pod.Name, StringComparer.Ordinal).ToList();
        var unavailable = wanted.Count - kept.Count(pod => pod.IsAvailable(set.Spec.MinReadySeconds, now));
        var bound = (set.Spec.UpdateStrategy?.RollingUpdate?.MaxUnavailable ?? new IntOrPercent(1, IsPercent: false)).Of(wanted.Count, roundUp: true);
        var alreadyOut = old.TakeWhile(pod => !pod.IsAvailable(set.Spec.MinReadySeconds, now)).ToList();
        return [.. alreadyOut, .. old.Skip(alreadyOut.Count).Take(Math.Max(0, Math.Max(1, bound) - unavailable))];
    }

    public static string HashOf(Pod pod) => pod.Metadata.Labels.TryGetValue(RevisionHistory.HashLabel, out var hash) ? hash : "";
}
