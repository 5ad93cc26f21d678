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

    private long Keep(Candidate candidate) => !request.Rebalance || KeepsAnyway(candidate)
        ? Math.Max(candidate.Base, Math.Min(candidate.Current, candidate.High))
        : candidate.Base;

    /// <summary>What is shared out by room takes nothing from a cluster of which the room cannot be told.</summary>
    private bool KeepsAnyway(Candidate candidate) =>
        request.Strategy != PlanStrategy.Weighted && (candidate.IsHeld || candidate.RoomUnknown);

    private long ShareOut(long spare)
    {
        var level = spare > 0 ? ShareLevel.Find(group, available, withCapacity: true) : default(ShareLevel?);
        var given = new long[group.Count];
        var left = level is { } reached ? Pour(reached, spare, withCapacity: true, given) : spare;
        for (var i = 0; i < given.Length; i++)
        {
            var candidate = group[i];
            candidate.Planned += given[i];
            candidate.Reason = PlanReasons.OfShare(candidate, level, Keep(candidate), available, request.Strategy);
        }

        if (spare > 0 && group.Exists(static c => c.Capacity < c.WithoutCapacity))
        {
            FindOverflow(spare, given);
        }

        return left;
    }

    /// <summary>Gives the candidates that reach their limits these, and the others their shares, rounded up, in order, until all is used up.</summary>
    private long Pour(ShareLevel level, long left, bool withCapacity, long[] given)
    {
        for (var i = 0; i < given.Length; i++)
        {
            var limit = withCapacity ? group[i].High : group[i].WithoutCapacity;
            given[i] = level.Covers(group[i], limit) ? Math.Max(0, limit - group[i].Low) : -1;
            left -= Math.Max(0, given[i]);
        }

        for (var i = 0; i < given.Length; i++)
        {
            if (given[i] < 0)
            {
                given[i] = Math.Min(level.ShareOf(group[i], withCapacity) - group[i].Low, left);
                left -= given[i];
            }
        }

        return left;
    }

    private void FindOverflow(long spare, long[] given)
    {
        Pour(ShareLevel.Find(group, available, withCapacity: false), spare, withCapacity: false, given);
        for (var i = 0; i < given.Length; i++)
        {
            group[i].Overflow = Math.Max(0, group[i].Low + given[i] - group[i].Capacity);
        }
    }
}
