using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.ReplicaSets;

/// <summary>The status of replica sets.</summary>
internal static class ReplicaSetStatuses
{
    private const string ReplicaFailure = "ReplicaFailure";

    /// <summary>The status that the pods of a set make; <paramref name="failure"/> is why pods could not be made, null when they could.</summary>
    public static ReplicaSetStatus Of(ReplicaSet set, IReadOnlyList<Pod> pods, string? failure, DateTimeOffset now)
    {
        var active = pods.Where(static pod => pod.IsActive()).ToList();
        var labels = set.Spec.Template?.Metadata?.Labels;
        var conditions = set.Status.Conditions ?? [];
        conditions = failure is null
            ? conditions.Without(ReplicaFailure)
            : conditions.With(ReplicaFailure, Condition.True, "FailedCreate", failure, now);
        return new ReplicaSetStatus
        {
            Replicas = active.Count,
            FullyLabeledReplicas = active.Count(pod => labels is null || labels.All(l => pod.Metadata.Labels.TryGetValue(l.Key, out var value) && value == l.Value)),
            ReadyReplicas = active.Count(static pod => pod.IsReady()),
            AvailableReplicas = active.Count(pod => pod.IsAvailable(set.Spec.MinReadySeconds, now)),
            ObservedGeneration = set.Metadata.Generation,
            Conditions = conditions.Count == 0 ? null : conditions,
        };
    }
}
