using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationControllerManager.Scheduling.Planning;

/// <summary>
/// Decides who gets how many replicas, and what the next step is: judges the clusters' readiness, plans, and leads from what is asked
/// for now to the plan. Pure; what must be remembered from one decision to the next is in the preference's status.
/// </summary>
internal static class Scheduler
{
    /// <summary>The word for clusters that hold replicas but may not.</summary>
    public const string NotSelected = "NotSelected";

    private const string NotSelectedMessage = "placement or namespace do not select it";

    /// <summary>Decides.</summary>
    public static SchedulingDecision Decide(SchedulingInput input)
    {
        var verdicts = input.Clusters.ToDictionary(static c => c.Name, c => Judge(c, input), StringComparer.Ordinal);
        var plan = ReplicaPlanner.Plan(RequestOf(input, verdicts));
        var planned = plan.Clusters.ToDictionary(static c => c.Name, StringComparer.Ordinal);
        var before = StateOf(input.Before);
        var limits = LimitsOf(input.Spec);
        var step = ReplicaTransition.Next([.. input.Clusters.Select(c => TransitionOf(c, planned[c.Name]))], limits, before, input.Now);
        var wasUnderWay = before is not null && input.Now - before.IntervalStart < limits.Interval;
        return new SchedulingDecision
        {
            Clusters = [.. input.Clusters.Select(c => Describe(c, planned[c.Name], step.Replicas[c.Name], verdicts[c.Name].State))],
            Unplaced = plan.Unplaced,
            Problems = plan.Problems,
            Moved = step.State.Moved - (wasUnderWay ? before!.Moved : 0),
            KeptReady = step.State.Floor,
            Wait = step.Wait,
            RecheckAfter = verdicts.Values.Select(static v => v.LookAgainAfter).Append(step.NextAfter).Append(CapacityRetry(input)).Min(),
        };
    }

    private static ClusterDecision Describe(SchedulableCluster cluster, ClusterPlan plan, long next, ReadinessState readiness) => new(
        cluster,
        plan.Replicas,
        next,
        cluster.IsCandidate ? plan.Reason.ToString() : NotSelected,
        cluster.IsCandidate ? plan.Message : NotSelectedMessage)
    {
        Readiness = readiness,
    };

    private static TransitionCluster TransitionOf(SchedulableCluster cluster, ClusterPlan plan) =>
        new(cluster.Name, cluster.Asked ?? 0, plan.Replicas) { Ready = cluster.Ready, IsHealthy = cluster.IsReady };

    private static PlanRequest RequestOf(SchedulingInput input, Dictionary<string, ReadinessVerdict> verdicts)
    {
        var spec = input.Spec;
        return new PlanRequest(input.Key.ToString(), spec.TotalReplicas)
        {
            Preferences = spec.Clusters.ToDictionary(
                static c => c.Key, static c => new ReplicaPreference(c.Value.Weight, c.Value.MinReplicas, c.Value.MaxReplicas), StringComparer.Ordinal),
            Clusters = [.. input.Clusters.Select(c => new PlanCluster(c.Name)
            {
                Current = c.Asked,
                Capacity = c.Capacity,
                FreeReplicas = c.FreeReplicas,
                Standing = c.IsCandidate ? verdicts[c.Name].State.Standing : ClusterStanding.Excluded,
            })],
            Rebalance = spec.Rebalance,
            Strategy = spec.Strategy switch
            {
                SchedulingStrategies.FreeCapacity => PlanStrategy.FreeCapacity,
                SchedulingStrategies.Aggregated => PlanStrategy.Aggregated,
                _ => PlanStrategy.Weighted,
            },
            OverflowGroups = [.. spec.Overflow.Select(group => MembersOf(group, input.Clusters))],
        };
    }

    private static ReadinessVerdict Judge(SchedulableCluster cluster, SchedulingInput input)
    {
        var toleration = input.Spec.Failover?.Toleration;
        var before = input.Before.FindCluster(cluster.Name) is not { } known ? null
            : new ReadinessState(Enum.TryParse<ClusterStanding>(known.Standing, out var standing) ? standing : ClusterStanding.Open, known.NotReadySince);
        return ClusterReadiness.Judge(cluster.IsReady, cluster.Since, input.Now, new ReadinessPolicy(toleration, toleration ?? TimeSpan.Zero), before);
    }

    private static TransitionState? StateOf(ReplicaSchedulingPreferenceStatus before) => before is { LastMoveTime: null, KeptReady: null }
        ? null
        : new TransitionState(before.LastMoveTime ?? DateTimeOffset.MinValue, before.MovedReplicas, before.KeptReady);

    private static TransitionLimits LimitsOf(ReplicaSchedulingPreferenceSpec spec) => new(
        Math.Max(1, (spec.Stability.Surge ?? StabilityPolicy.DefaultSurge).Resolve(spec.TotalReplicas)),
        spec.Stability.MaxMoved?.Resolve(spec.TotalReplicas),
        spec.Stability.Interval ?? StabilityPolicy.DefaultInterval);

    /// <summary>When the first cluster that is known to be full may be tried again.</summary>
    private static TimeSpan? CapacityRetry(SchedulingInput input)
    {
        var hold = input.Spec.Stability.RetryFullClustersAfter ?? StabilityPolicy.DefaultRetryFullClustersAfter;
        return input.Clusters.Min(c => c.CapacityTime + hold - input.Now);
    }

    private static IReadOnlyCollection<string> MembersOf(OverflowGroup group, IReadOnlyList<SchedulableCluster> clusters)
    {
        var listed = group.Clusters.ToHashSet(StringComparer.Ordinal);
        var selector = group.ClusterSelector?.ToSelector();
        return [.. clusters.Where(c => listed.Contains(c.Name) || selector?.Matches(c.Labels) == true).Select(static c => c.Name)];
    }
}
