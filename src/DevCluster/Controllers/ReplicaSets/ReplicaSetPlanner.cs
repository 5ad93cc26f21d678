using KubeFed.DevClusters.Controllers.Machinery;

namespace KubeFed.DevClusters.Controllers.ReplicaSets;

/// <summary>What a replica set needs: how many pods to make, or which to delete.</summary>
internal static class ReplicaSetPlanner
{
    /// <summary>Pods made or deleted in one go; the rest follows when those are seen.</summary>
    public const int Burst = 500;

    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    public static ReplicaSetPlan Plan(ReplicaSet set, IReadOnlyList<Pod> pods)
    {
        if (set.Metadata.IsDeleting)
        {
            return ReplicaSetPlan.Nothing;
        }

        var active = pods.Where(static pod => pod.IsActive()).ToList();
        var missing = set.Spec.DesiredReplicas - active.Count;
        return missing >= 0
            ? new ReplicaSetPlan(Math.Min(missing, Burst), [])
            : new ReplicaSetPlan(0, [.. InOrderOfDeletion(active).Take(Math.Min(-missing, Burst))]);
    }

    // kube-controller-manager's order (ActivePodsWithRanks): what is least useful goes first.
    private static IOrderedEnumerable<Pod> InOrderOfDeletion(List<Pod> pods)
    {
        var onNode = pods.GroupBy(static pod => pod.Spec.NodeName ?? "", StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
        return pods
            .OrderBy(static pod => !string.IsNullOrEmpty(pod.Spec.NodeName))
            .ThenBy(static pod => pod.Status.Phase is PodState.Running)
            .ThenBy(static pod => pod.IsReady())
            .ThenBy(static pod => Cost(pod))
            .ThenByDescending(pod => onNode[pod.Spec.NodeName ?? ""])
            .ThenByDescending(static pod => pod.ReadySince() ?? DateTimeOffset.MaxValue)
            .ThenByDescending(static pod => pod.Metadata.CreationTimestamp)
            .ThenBy(static pod => pod.Name, StringComparer.Ordinal);
    }

    private static int Cost(Pod pod) => pod.Metadata.Annotations.TryGetValue(DeletionCost, out var text) && int.TryParse(text, out var cost) ? cost : 0;
}
