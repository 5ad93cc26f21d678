using System.Globalization;
using System.Text.Json;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Statuses;

/// <summary>Makes the status of a federated object of what a pass found.</summary>
public static class FederatedStatusMerger
{
    /// <summary>
    /// Merges. The condition is true without a reason when all is well, else false with one. <c>lastTransitionTime</c>
    /// moves with its status or reason, <c>lastUpdateTime</c> also with the clusters' entries. A write is needed for a new
    /// generation, a transition, and changed clusters; order alone is no change. Conditions of other types stay.
    /// </summary>
    public static StatusUpdate Merge(FederatedStatus old, PropagationOutcome outcome, DateTimeOffset now)
    {
        var clusters = Sort(outcome.Clusters, outcome.CollectsRemoteStatus);
        var clustersChanged = !SameClusters(old.Clusters, clusters);
        var reason = Decide(outcome, clusters);
        var before = old.FindPropagation();
        var condition = Transition(before, reason, Message(outcome, reason, clusters), clustersChanged || outcome.ObjectsUpdated, now);
        var status = new FederatedStatus
        {
            ObservedGeneration = outcome.Generation,
            Conditions = Replace(old.Conditions, before, condition),
            Clusters = clusters,
        };
        return new StatusUpdate(status, old.ObservedGeneration != outcome.Generation || clustersChanged || condition != before);
    }

    private static string Decide(PropagationOutcome outcome, FederatedClusterStatus[] clusters)
    {
        if (outcome.Reason.Length > 0)
        {
            return outcome.Reason;
        }

        foreach (var cluster in clusters)
        {
            if (cluster.Status is not null || (outcome.CollectsRemoteStatus && cluster.RemoteStatus is null))
            {
                return PropagationReasons.CheckClusters;
            }
        }

        return PropagationReasons.Success;
    }

    private static string? Message(PropagationOutcome outcome, string reason, FederatedClusterStatus[] clusters)
    {
        if (reason.Length == 0)
        {
            return null;
        }

        if (reason != PropagationReasons.CheckClusters)
        {
            return outcome.Message;
        }

        var faulty = clusters.Count(c => c.Status is not null || (outcome.CollectsRemoteStatus && c.RemoteStatus is null));
        return string.Create(CultureInfo.InvariantCulture, $"{faulty} of {clusters.Length} clusters are not in order");
    }

    private static FederatedCondition Transition(FederatedCondition? before, string reason, string? message, bool propagated, DateTimeOffset now)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var status = reason.Length == 0 ? ConditionStatus.True : ConditionStatus.False;
        var transition = before is null || before.Status != status || (before.Reason ?? "") != reason;
        return new FederatedCondition
        {
            Type = PropagationReasons.ConditionType,
            Status = status,
            Reason = reason.Length == 0 ? null : reason,
            Message = message,
            LastTransitionTime = transition ? time : before!.LastTransitionTime,
            LastUpdateTime = transition || propagated || message != before!.Message ? time : before.LastUpdateTime,
        };
    }

    private static FederatedCondition[] Replace(IReadOnlyList<FederatedCondition> conditions, FederatedCondition? before, FederatedCondition after)
    {
        if (before is null)
        {
            return [.. conditions, after];
        }

        var result = new FederatedCondition[conditions.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ReferenceEquals(conditions[i], before) ? after : conditions[i];
        }

        return result;
    }

    private static FederatedClusterStatus[] Sort(IReadOnlyCollection<ClusterResult> results, bool collects)
    {
        var sorted = new SortedDictionary<string, FederatedClusterStatus>(StringComparer.Ordinal);
        foreach (var result in results)
        {
            sorted[result.Cluster] = new FederatedClusterStatus
            {
                Name = result.Cluster,
                Status = result.Status.Length == 0 ? null : result.Status,
                Message = string.IsNullOrEmpty(result.Message) ? null : result.Message,
                RemoteStatus = collects ? result.RemoteStatus : null,
            };
        }

        return [.. sorted.Values];
    }

    private static bool SameClusters(IReadOnlyList<FederatedClusterStatus> old, FederatedClusterStatus[] sorted)
    {
        if (old.Count != sorted.Length)
        {
            return false;
        }

        var byName = new Dictionary<string, FederatedClusterStatus>(old.Count, StringComparer.Ordinal);
        foreach (var cluster in old)
        {
            byName[cluster.Name] = cluster;
        }

        foreach (var cluster in sorted)
        {
            if (!byName.TryGetValue(cluster.Name, out var before) || !Same(before, cluster))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(FederatedClusterStatus x, FederatedClusterStatus y) =>
        (x.Status ?? "") == (y.Status ?? "")
        && (x.Message ?? "") == (y.Message ?? "")
        && (x.RemoteStatus, y.RemoteStatus) switch
        {
            (null, null) => true,
            ({ } left, { } right) => JsonElement.DeepEquals(left, right),
            _ => false,
        };
}
