namespace KubeFed.FederationCore.Scheduling;

/// <summary>Shares out replicas among the candidates of one group, which stand in order and have their minimums.</summary>
internal sealed class GroupFill(List<Candidate> group, long available, PlanRequest request)
{
    private readonly bool _packs = request.Strategy == PlanStrategy.Aggregated;

    /// <summary>Plans every candidate of the group.</summary>
    /// <returns>What the group could not take.</returns>
    public long Run()
    {
        SetLows();
        foreach (var candidate in group)
        {
            candidate.Planned = candidate.Low;
        }

        var left = available - group.Sum(static c => c.Low);
        if (_packs)
        {
            left = new Packing(group).Fill(left);
        }

        return _packs ? left : ShareOut(left);
    }

    /// <summary>Decides what stays where it runs.</summary>
    private void SetLows()
    {
        Int128 kept = 0;
        foreach (var candidate in group)
        {
            candidate.Low = candidate.Base;
            kept += Keep(candidate);
        }

        var budget = available - group.Sum(static c => c.Base);
        IEnumerable<Candidate> order = kept <= available ? group : ByRightToKeep();
        foreach (var candidate in order)
        {
            var extra = Math.Min(Keep(candidate) - candidate.Base, budget);
            candidate.Low += extra;
            budget -= extra;
        }
    }

    private IEnumerable<Candidate> ByRightToKeep()
    {
        if (_packs)
        {
            return group.OrderByDescending(static c => c.Current);
        }

        var level = ShareLevel.Find(group, available, withCapacity: true);
        return group.OrderBy(c => level.Covers(c, Keep(c)) ? 0 : 1).ToArray();
    }

    private long Keep(Candidate candidate) => !request.Rebalance || (candidate.IsHeld && request.Strategy != PlanStrategy.Weighted)
        ? Math.Max(candidate.Base, Math.Min(candidate.Current, candidate.High))
        : candidate.Base;

    private long ShareOut(long spare)
    {
        var level = spare > 0 ? ShareLevel.Find(group, available, withCapacity: true) : default(ShareLevel?);
        var left = spare;
        foreach (var candidate in group)
        {
            if (level is { } reached)
            {
                var growth = Math.Min(reached.ShareOf(candidate, withCapacity: true) - candidate.Low, left);
                candidate.Planned += growth;
                left -= growth;
            }

            candidate.Reason = PlanReasons.OfShare(candidate, level, Keep(candidate), available, request.Strategy);
        }

        if (spare > 0 && group.Exists(static c => c.Capacity < c.WithoutCapacity))
        {
            FindOverflow(spare);
        }

        return left;
    }

    private void FindOverflow(long left)
    {
        var level = ShareLevel.Find(group, available, withCapacity: false);
        foreach (var candidate in group)
        {
            var growth = Math.Min(level.ShareOf(candidate, withCapacity: false) - candidate.Low, left);
            left -= growth;
            candidate.Overflow = Math.Max(0, candidate.Low + growth - candidate.Capacity);
        }
    }
}
