namespace KubeFed.FederationCore.Scheduling;

/// <summary>Finds why a plan is not what was asked for.</summary>
internal static class PlanProblems
{
    public static IReadOnlyList<PlanProblem> Of(PlanRequest request, List<Candidate> candidates, long total, long unplaced)
    {
        var problems = new List<PlanProblem>();
        if (request.Total < 0)
        {
            problems.Add(new PlanProblem(PlanProblemKind.NegativeNumber, $"totalReplicas is {request.Total}; it counts as 0"));
        }

        foreach (var (name, preference) in request.Preferences.OrderBy(static p => p.Key, StringComparer.Ordinal))
        {
            AddOf(name, preference, problems);
        }

        AddSums(candidates, total, problems);
        if (unplaced > 0 && !problems.Exists(static p => p.Kind is PlanProblemKind.NoCluster or PlanProblemKind.MaximumsBelowTotal))
        {
            problems.Add(new PlanProblem(PlanProblemKind.NoRoom, $"{unplaced} of {total} replicas have no place: {WhyNot(candidates)}"));
        }

        return problems;
    }

    private static void AddOf(string name, ReplicaPreference preference, List<PlanProblem> problems)
    {
        if (preference.Weight < 0 || preference.MinReplicas < 0 || preference.MaxReplicas < 0)
        {
            problems.Add(new PlanProblem(PlanProblemKind.NegativeNumber, $"clusters[{name}] has a negative number; it counts as 0"));
        }

        if (preference.MaxReplicas is { } most && Math.Max(0, preference.MinReplicas) > Math.Max(0, most))
        {
            problems.Add(new PlanProblem(
                PlanProblemKind.MinimumAboveMaximum,
                $"clusters[{name}]: minReplicas {preference.MinReplicas} is above maxReplicas {most}, which holds"));
        }
    }

    private static void AddSums(List<Candidate> candidates, long total, List<PlanProblem> problems)
    {
        Int128 minimums = 0, maximums = 0;
        foreach (var candidate in candidates)
        {
            minimums += candidate.Minimum;
            maximums += candidate.Maximum;
        }

        if (candidates.Count == 0 && total > 0)
        {
            problems.Add(new PlanProblem(PlanProblemKind.NoCluster, "no cluster is ready and has a preference"));
        }
        else if (maximums < total)
        {
            problems.Add(new PlanProblem(PlanProblemKind.MaximumsBelowTotal, $"the clusters' maxReplicas add up to {maximums}, the total is {total}"));
        }

        if (minimums > total)
        {
            problems.Add(new PlanProblem(PlanProblemKind.MinimumsAboveTotal, $"the clusters' minReplicas add up to {minimums}, the total is {total}"));
        }
    }

    private static string WhyNot(List<Candidate> candidates) => candidates.TrueForAll(static c => c.Share == 0 && c.Weight == 0)
        ? "no cluster has a weight"
        : "the clusters that have a weight are full or not ready";
}
