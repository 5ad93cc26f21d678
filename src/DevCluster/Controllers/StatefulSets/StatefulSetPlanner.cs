using System.Globalization;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Revisions;

namespace KubeFed.DevClusters.Controllers.StatefulSets;

/// <summary>
/// Decides for stateful sets: pods with ordinals that come one after the other and go in the reverse order, each only when those before it are
/// ready; with the policy Parallel all at once.
/// </summary>
internal static class StatefulSetPlanner
{
    /// <param name="set">The set.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="updateHash">The hash of the present template.</param>
    /// <param name="now">The present time.</param>
    public static StatefulSetPlan Plan(StatefulSet set, IReadOnlyList<Pod> pods, string updateHash, DateTimeOffset now)
    {
        if (set.Metadata.IsDeleting)
        {
            return new StatefulSetPlan([], []);
        }

        var (first, count) = (First(set), set.Spec.DesiredReplicas);
        var present = pods.Select(pod => (Pod: pod, Ordinal: OrdinalOf(set, pod))).Where(static p => p.Ordinal >= 0).ToDictionary(static p => p.Ordinal, static p => p.Pod);
        var ended = present.Values.Where(static pod => pod.IsTerminal() && !pod.Metadata.IsDeleting).ToList();
        if (ended.Count > 0)
        {
            return new StatefulSetPlan([], ended);
        }

        var condemned = present.Where(p => p.Key < first || p.Key >= first + count).OrderByDescending(static p => p.Key).Select(static p => p.Value).ToList();
        var missing = Enumerable.Range(first, count).Where(ordinal => !present.ContainsKey(ordinal)).ToList();
        return set.Spec.PodManagementPolicy == "Parallel"
            ? Parallel(set, present, condemned, missing, updateHash, now)
            : Ordered(set, present, condemned, missing, updateHash, now);
    }

    /// <summary>The number at the end of a pod's name; -1 when it is none of the set's names.</summary>
    public static int OrdinalOf(StatefulSet set, Pod pod) =>
        pod.Name.StartsWith(set.Name + "-", StringComparison.Ordinal)
        && int.TryParse(pod.Name.AsSpan(set.Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            ? ordinal
            : -1;

    public static int First(StatefulSet set) => set.Spec.Ordinals?.Start ?? 0;

    private static StatefulSetPlan Parallel(
        StatefulSet set, Dictionary<int, Pod> present, List<Pod> condemned, List<int> missing, string updateHash, DateTimeOffset now)
    {
        var delete = condemned.Where(static pod => pod.IsActive()).ToList();
        return missing.Count > 0 || delete.Count > 0 ? new StatefulSetPlan(missing, delete) : Update(set, present, updateHash, now);
    }

    private static StatefulSetPlan Ordered(
        StatefulSet set, Dictionary<int, Pod> present, List<Pod> condemned, List<int> missing, string updateHash, DateTimeOffset now)
    {
        var end = missing.Count > 0 ? missing[0] : First(set) + set.Spec.DesiredReplicas;
        var predecessors = present.Where(p => p.Key >= First(set) && p.Key < end);
        if (!predecessors.All(p => IsSettled(set, p.Value, now)))
        {
            return missing.Count > 0 ? new StatefulSetPlan([], []) : Update(set, present, updateHash, now);
        }

        if (missing.Count > 0)
        {
            return new StatefulSetPlan([missing[0]], []);
        }

        return condemned is [var last, ..]
            ? new StatefulSetPlan([], last.Metadata.IsDeleting ? [] : [last])
            : Update(set, present, updateHash, now);
    }

    // From the highest ordinal down, one at a time. A pod of an old template that is not ready does not hold up its own replacement.
    private static StatefulSetPlan Update(StatefulSet set, Dictionary<int, Pod> present, string updateHash, DateTimeOffset now)
    {
        if (set.Spec.UpdateStrategy?.Type == "OnDelete")
        {
            return new StatefulSetPlan([], []);
        }

        var partition = set.Spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0;
        foreach (var (ordinal, pod) in present.Where(p => p.Key >= First(set)).OrderByDescending(static p => p.Key))
        {
            if (ordinal < partition)
            {
                break;
            }

            if (HashOf(pod) != updateHash)
            {
                return new StatefulSetPlan([], pod.Metadata.IsDeleting ? [] : [pod]);
            }

            if (!IsSettled(set, pod, now))
            {
                break;
            }
        }

        return new StatefulSetPlan([], []);
    }

    public static string HashOf(Pod pod) => pod.Metadata.Labels.TryGetValue(RevisionHistory.HashLabel, out var hash) ? hash : "";

    private static bool IsSettled(StatefulSet set, Pod pod, DateTimeOffset now) => !pod.Metadata.IsDeleting && pod.IsAvailable(set.Spec.MinReadySeconds, now);
}
