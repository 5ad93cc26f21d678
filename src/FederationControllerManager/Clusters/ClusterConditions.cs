using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>Turns the state of a cluster into the conditions of its KubeFedCluster.</summary>
internal static class ClusterConditions
{
    /// <summary>
    /// The conditions <c>Ready</c> and <c>Offline</c>, and <c>Authorized</c> where rights are missing; each with the time of its last change
    /// taken over from the old ones while its status is the same.
    /// </summary>
    public static IReadOnlyList<ClusterCondition> Of(
        Probe accepted, string missingRights, IReadOnlyList<ClusterCondition> old, DateTimeOffset now)
    {
        var health = OfHealth(accepted, old, now);
        return missingRights.Length == 0
            ? health
            : [.. health, Make(ClusterConditionTypes.Authorized, ConditionStatus.False, ClusterConditionTypes.RightsMissing, missingRights, old, now)];
    }

    private static IReadOnlyList<ClusterCondition> OfHealth(Probe accepted, IReadOnlyList<ClusterCondition> old, DateTimeOffset now) => accepted.State switch
    {
        ProbeState.Ready =>
        [
            Make(ClusterConditionTypes.Ready, ConditionStatus.True, ClusterConditionTypes.ClusterReady, "/healthz responded with ok", old, now),
        ],
        ProbeState.NotReady =>
        [
            Make(ClusterConditionTypes.Ready, ConditionStatus.False, ClusterConditionTypes.ClusterNotReady, accepted.Message, old, now),
            Make(ClusterConditionTypes.Offline, ConditionStatus.False, ClusterConditionTypes.ClusterReachable, "cluster is reachable", old, now),
        ],
        _ =>
        [
            Make(ClusterConditionTypes.Ready, ConditionStatus.False, ClusterConditionTypes.ClusterNotReachable, accepted.Message, old, now),
            Make(ClusterConditionTypes.Offline, ConditionStatus.True, ClusterConditionTypes.ClusterNotReachable, "cluster is not reachable", old, now),
        ],
    };

    private static ClusterCondition Make(
        string type, string status, string reason, string message, IReadOnlyList<ClusterCondition> old, DateTimeOffset now)
    {
        var before = old.FirstOrDefault(c => c.Type == type);
        return new ClusterCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastProbeTime = now,
            LastTransitionTime = before?.Status == status ? before.LastTransitionTime ?? now : now,
        };
    }
}
