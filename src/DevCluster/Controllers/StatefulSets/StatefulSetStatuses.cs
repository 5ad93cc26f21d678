using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.DevClusters.Controllers.Revisions;

namespace KubeFed.DevClusters.Controllers.StatefulSets;

/// <summary>The status of stateful sets, whose words kubectl rollout status reads.</summary>
internal static class StatefulSetStatuses
{
    public static StatefulSetStatus Of(StatefulSet set, IReadOnlyList<Pod> pods, string updateHash, DateTimeOffset now)
    {
        var updateName = RevisionHistory.NameOf(set.Object, updateHash);
        var active = pods.Where(static pod => pod.IsActive()).ToList();
        var updated = active.Count(pod => StatefulSetPlanner.HashOf(pod) == updateHash);
        var isDone = updated == active.Count && active.Count == set.Spec.DesiredReplicas && active.All(static pod => pod.IsReady());
        var current = isDone ? updateName : set.Status.CurrentRevision ?? updateName;
        return new StatefulSetStatus
        {
            ObservedGeneration = set.Metadata.Generation,
            Replicas = active.Count,
            ReadyReplicas = active.Count(static pod => pod.IsReady()),
            AvailableReplicas = active.Count(pod => pod.IsAvailable(set.Spec.MinReadySeconds, now)),
            CurrentReplicas = active.Count(pod => RevisionHistory.NameOf(set.Object, StatefulSetPlanner.HashOf(pod)) == current),
            UpdatedReplicas = updated,
            CurrentRevision = current,
            UpdateRevision = updateName,
            CollisionCount = 0,
            Conditions = set.Status.Conditions,
        };
    }
}
