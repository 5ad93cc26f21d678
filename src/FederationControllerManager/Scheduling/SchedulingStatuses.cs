using System.Globalization;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationControllerManager.Scheduling.Planning;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>Words what became of a preference. Pure.</summary>
internal static class SchedulingStatuses
{
    /// <summary>The status of a preference that cannot be followed. What was asked of clusters before stays as it is.</summary>
    public static ReplicaSchedulingPreferenceStatus Failed(
        ReplicaSchedulingPreferenceStatus before, long generation, string reason, string message, DateTimeOffset now) => before with
        {
            ObservedGeneration = generation,
            ScheduledReplicas = 0,
            ReadyReplicas = 0,
            UnschedulableReplicas = 0,
            UnplacedReplicas = 0,
            KeptReady = null,
            Clusters = [],
            Conditions =
            [
                Condition(before, generation, SchedulingConditions.Scheduled, ConditionStatus.False, reason, message, now),
                Condition(before, generation, SchedulingConditions.Progressing, ConditionStatus.False, SchedulingReasons.NotScheduled, "there is no plan to follow", now),
            ],
        };

    /// <summary>The status after a decision.</summary>
    public static ReplicaSchedulingPreferenceStatus Of(
        ReplicaSchedulingPreferenceStatus before, ReplicaSchedulingPreferenceSpec spec, long generation, SchedulingDecision decision, DateTimeOffset now)
    {
        var clusters = decision.Clusters.Select(ScheduleOf).ToArray();
        var status = new ReplicaSchedulingPreferenceStatus
        {
            ObservedGeneration = generation,
            ScheduledReplicas = clusters.Sum(static c => c.Desired),
            ReadyReplicas = clusters.Sum(static c => c.Ready ?? 0),
            UnschedulableReplicas = clusters.Sum(static c => c.Unschedulable ?? 0),
            UnplacedReplicas = decision.Unplaced,
            Clusters = clusters,
        };
        var (isScheduled, reason, message) = Scheduled(status, decision);
        var (isProgressing, why, how) = Progressing(status, decision, spec.Stability.MaxMoved);
        var (lastMove, moved) = Moves(before, spec, decision, now);
        return status with
        {
            LastMoveTime = lastMove,
            MovedReplicas = moved,
            KeptReady = decision.KeptReady,
            Conditions =
            [
                Condition(before, generation, SchedulingConditions.Scheduled, isScheduled ? ConditionStatus.True : ConditionStatus.False, reason, message, now),
                Condition(before, generation, SchedulingConditions.Progressing, isProgressing ? ConditionStatus.True : ConditionStatus.False, why, how, now),
            ],
        };
    }

    /// <summary>The shares in one line: <c>cluster1 4, cluster2 2</c>.</summary>
    public static string Describe(SchedulingDecision decision) =>
        string.Join(", ", decision.Clusters.Select(static c => string.Create(CultureInfo.InvariantCulture, $"{c.Cluster.Name} {c.Next}")));

    private static ClusterSchedule ScheduleOf(ClusterDecision decision) => new()
    {
        Name = decision.Cluster.Name,
        Desired = decision.Desired,
        Replicas = decision.Next,
        Ready = decision.Cluster.Ready,
        Unschedulable = decision.Cluster.Unschedulable > 0 ? decision.Cluster.Unschedulable : null,
        Capacity = decision.Cluster.Capacity,
        CapacityTime = decision.Cluster.CapacityTime,
        Standing = decision.Readiness.Standing == ClusterStanding.Open ? null : decision.Readiness.Standing.ToString(),
        NotReadySince = decision.Readiness.TroubledSince,
        Reason = decision.Reason,
        Message = decision.Message,
    };

    private static (bool Holds, string Reason, string Message) Scheduled(ReplicaSchedulingPreferenceStatus status, SchedulingDecision decision)
    {
        var problems = string.Join("; ", decision.Problems.Select(static p => p.Message));
        if (status.UnplacedReplicas > 0)
        {
            return (false, ReasonOf(decision), problems.Length > 0 ? problems : Text($"{status.UnplacedReplicas} replicas have no cluster"));
        }

        return decision.Problems.Count > 0
            ? (true, ReasonOf(decision), problems)
            : (true, SchedulingReasons.AllScheduled, Text($"{status.ScheduledReplicas} replicas in {status.Clusters.Count(static c => c.Desired > 0)} clusters"));
    }

    private static string ReasonOf(SchedulingDecision decision)
    {
        var kinds = decision.Problems.Select(static p => p.Kind).ToHashSet();
        return kinds.Overlaps([PlanProblemKind.NegativeNumber, PlanProblemKind.MinimumAboveMaximum]) ? SchedulingReasons.InvalidPreference
            : kinds.Contains(PlanProblemKind.NoCluster) ? SchedulingReasons.NoClusters
            : kinds.Contains(PlanProblemKind.MaximumsBelowTotal) ? SchedulingReasons.MaxReplicasReached
            : kinds.Contains(PlanProblemKind.MinimumsAboveTotal) ? SchedulingReasons.MinReplicasNotMet
            : SchedulingReasons.InsufficientCapacity;
    }

    private static (bool Holds, string Reason, string Message) Progressing(
        ReplicaSchedulingPreferenceStatus status, SchedulingDecision decision, ReplicaShare? limit)
    {
        var missing = decision.Clusters.Sum(static c => Math.Max(0, c.Desired - c.Next));
        if (decision.Clusters.Any(static c => c.Desired != c.Next))
        {
            return decision.Wait == TransitionWait.Interval
                ? (true, SchedulingReasons.MoveLimitReached, Text($"{missing} replicas are still to move; stability.maxMoved lets {limit} move at a time"))
                : (true, SchedulingReasons.Moving, Text($"{missing} replicas are still to move, as others become ready"));
        }

        return status.ReadyReplicas < status.ScheduledReplicas
            ? (true, SchedulingReasons.WaitingForReady, Text($"{status.ReadyReplicas} of {status.ScheduledReplicas} replicas are ready"))
            : (false, SchedulingReasons.Complete, Text($"{status.ReadyReplicas} replicas are ready"));
    }

    private static (DateTimeOffset? Time, long Moved) Moves(
        ReplicaSchedulingPreferenceStatus before, ReplicaSchedulingPreferenceSpec spec, SchedulingDecision decision, DateTimeOffset now)
    {
        if (decision.Moved == 0)
        {
            return (before.LastMoveTime, before.MovedReplicas);
        }

        var isSameInterval = before.LastMoveTime is { } begun && now - begun < (spec.Stability.Interval ?? StabilityPolicy.DefaultInterval);
        return isSameInterval ? (before.LastMoveTime, before.MovedReplicas + decision.Moved) : (now, decision.Moved);
    }

    private static SchedulingCondition Condition(
        ReplicaSchedulingPreferenceStatus before, long generation, string type, string status, string reason, string message, DateTimeOffset now)
    {
        var old = before.FindCondition(type);
        return new SchedulingCondition
        {
            Type = type,
            Status = status,
            ObservedGeneration = generation,
            Reason = reason,
            Message = message,
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime ?? now : now,
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
