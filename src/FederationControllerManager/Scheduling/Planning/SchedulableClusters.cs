using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationControllerManager.Scheduling.Application;

namespace KubeFed.FederationControllerManager.Scheduling.Planning;

/// <summary>Puts together what a plan must know of each cluster. Pure.</summary>
internal static class SchedulableClusters
{
    /// <summary>The clusters that may get replicas, have some, or are in the placement for other reasons; sorted by name.</summary>
    /// <param name="observations">All registered clusters.</param>
    /// <param name="candidates">Those that may get replicas.</param>
    /// <param name="placed">Those in the federated object's list of clusters.</param>
    /// <param name="applied">What was set before.</param>
    /// <param name="path">Where the numbers are overridden.</param>
    /// <param name="spec">The preference.</param>
    /// <param name="before">Its status.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<SchedulableCluster> Of(
        IEnumerable<ClusterObservation> observations,
        IReadOnlySet<string> candidates,
        IReadOnlySet<string> placed,
        AppliedSchedule applied,
        string path,
        ReplicaSchedulingPreferenceSpec spec,
        ReplicaSchedulingPreferenceStatus before,
        DateTimeOffset now)
    {
        var result = new List<SchedulableCluster>();
        foreach (var observed in observations)
        {
            var asked = applied.Find(observed.Name, path) ?? observed.Workload?.Replicas;
            var isCandidate = candidates.Contains(observed.Name);
            if (!isCandidate && asked is null or 0 && !placed.Contains(observed.Name))
            {
                continue;
            }

            var (capacity, time) = CapacityOf(observed, before.FindCluster(observed.Name), spec.Stability.RetryFullClustersAfter ?? StabilityPolicy.DefaultRetryFullClustersAfter, now);
            result.Add(new SchedulableCluster
            {
                Name = observed.Name,
                Labels = observed.Labels,
                IsCandidate = isCandidate,
                IsReady = observed.IsReady,
                Since = observed.Since,
                Asked = asked,
                Ready = observed.IsReady ? observed.Workload?.Ready ?? (observed.IsListed ? 0 : null) : null,
                Unschedulable = observed.Unschedulable,
                Capacity = capacity,
                CapacityTime = time,
            });
        }

        return result;
    }

    /// <summary>
    /// What a cluster can hold: what runs in it where pods find no node; remembered for a while, since a cluster relieved of those
    /// pods would look as if it had room, and get them again.
    /// </summary>
    private static (long? Capacity, DateTimeOffset? Time) CapacityOf(ClusterObservation observed, ClusterSchedule? before, TimeSpan hold, DateTimeOffset now)
    {
        if (observed is { Unschedulable: > 0, Workload: { } workload })
        {
            var capacity = Math.Max(0, workload.Replicas - observed.Unschedulable);
            // The time moves in steps, so that not every look at the pods is a write of the status.
            var isFresh = before?.Capacity == capacity && before.CapacityTime is { } at && now - at < hold / 2;
            return (capacity, isFresh ? before!.CapacityTime : now);
        }

        return before is { Capacity: { } known, CapacityTime: { } since } && now - since < hold && (observed.Workload?.Ready ?? 0) <= known
            ? (known, since)
            : (null, null);
    }
}
