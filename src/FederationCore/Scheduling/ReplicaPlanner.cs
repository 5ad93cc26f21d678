namespace KubeFed.FederationCore.Scheduling;

/// <summary>
/// Decides how many replicas go where. A pure function: the same request gives the same plan, whatever the order of its clusters, and planning
/// again from the planned state gives the plan again.
/// </summary>
/// <remarks>
/// <para>
/// Every cluster gets its minimum first, in KubeFed's order (weight, then a hash of the names). With <see cref="PlanStrategy.Weighted"/> and
/// <see cref="PlanStrategy.FreeCapacity"/> the rest is shared out like water: all clusters rise by their share to one common level, each from
/// its minimum, no lower than what runs there (unless replicas may be moved) and no higher than its limits; what the level means in replicas is
/// rounded up, in order, until the total is used up. Without limits that is KubeFed's plan to the replica, with limits up to rounding: KubeFed
/// shares out in rounds that each round up anew.
/// </para>
/// <para>
/// Where we differ from KubeFed: when less is wanted than runs, the clusters that run no more than their exact share keep it and the others give
/// (KubeFed takes from whoever is last); a negative capacity is none; without rebalancing, the overflows together are no more than what is
/// unplaced; and the work is bounded whatever the numbers are.
/// </para>
/// </remarks>
public static class ReplicaPlanner
{
    /// <summary>Makes the plan. Contradictions give the best possible plan, with <see cref="ReplicaPlan.Problems"/>.</summary>
    /// <exception cref="ArgumentException">A cluster is listed twice.</exception>
    public static ReplicaPlan Plan(PlanRequest request)
    {
        var plans = new List<ClusterPlan>(request.Clusters.Count);
        var candidates = CandidatesOf(request, plans);
        var total = Math.Max(0, request.Total);
        var left = GiveMinimums(candidates, total);
        for (var start = 0; start < candidates.Count;)
        {
            var group = GroupFrom(candidates, start);
            var available = left + group.Sum(static c => c.Base);
            left = new GroupFill(group, available, request).Run();
            start += group.Count;
        }

        if (!request.Rebalance)
        {
            LimitOverflow(candidates, left);
        }

        plans.AddRange(candidates.Select(static c => c.ToPlan()));
        plans.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        if (FirstDuplicate(plans) is { } twice)
        {
            throw new ArgumentException($"Cluster \"{twice}\" is listed twice.", nameof(request));
        }

        return new ReplicaPlan { Clusters = plans, Unplaced = left, Problems = PlanProblems.Of(request, candidates, total, left) };
    }

    private static List<Candidate> CandidatesOf(PlanRequest request, List<ClusterPlan> plans)
    {
        var preferences = new PreferenceMap(request.Preferences);
        var groups = GroupsOf(request);
        var candidates = new List<Candidate>(request.Clusters.Count);
        foreach (var cluster in request.Clusters)
        {
            if (preferences.Find(cluster.Name) is not { } preference)
            {
                plans.Add(new ClusterPlan(cluster.Name, 0, 0, PlanReason.NoPreference));
            }
            else if (cluster.Standing == ClusterStanding.Excluded)
            {
                plans.Add(new ClusterPlan(cluster.Name, 0, 0, PlanReason.NotReady));
            }
            else
            {
                var group = groups.GetValueOrDefault(cluster.Name, request.OverflowGroups.Count);
                candidates.Add(new Candidate(cluster, preference, request.Key, request.Strategy, group));
            }
        }

        candidates.Sort(PlanOrder.Instance);
        return candidates;
    }

    private static Dictionary<string, int> GroupsOf(PlanRequest request)
    {
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < request.OverflowGroups.Count; i++)
        {
            foreach (var name in request.OverflowGroups[i])
            {
                groups.TryAdd(name, i);
            }
        }

        return groups;
    }

    private static long GiveMinimums(List<Candidate> candidates, long total)
    {
        var left = total;
        foreach (var candidate in candidates)
        {
            candidate.Base = Math.Min(Math.Min(candidate.Minimum, candidate.High), left);
            left -= candidate.Base;
        }

        return left;
    }

    private static List<Candidate> GroupFrom(List<Candidate> candidates, int start)
    {
        var end = start;
        while (end < candidates.Count && candidates[end].Group == candidates[start].Group)
        {
            end++;
        }

        return candidates[start..end];
    }

    private static void LimitOverflow(List<Candidate> candidates, long unplaced)
    {
        foreach (var candidate in candidates)
        {
            candidate.Overflow = Math.Min(candidate.Overflow, unplaced);
            unplaced -= candidate.Overflow;
        }
    }

    private static string? FirstDuplicate(List<ClusterPlan> sorted)
    {
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Name == sorted[i - 1].Name)
            {
                return sorted[i].Name;
            }
        }

        return null;
    }
}
