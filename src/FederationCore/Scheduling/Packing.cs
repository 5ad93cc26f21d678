namespace KubeFed.FederationCore.Scheduling;

/// <summary>
/// Puts replicas into as few clusters as possible: first those that are in use anyway, then the fewest others that suffice, of which those that
/// run the most already are preferred, so that a small change of room moves nothing.
/// </summary>
internal sealed class Packing(List<Candidate> group)
{
    private readonly HashSet<Candidate> _chosen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Fills the group.</summary>
    /// <returns>What it could not take.</returns>
    public long Fill(long left)
    {
        var available = left;
        var used = group.Where(static c => c.Low > 0).ToList();
        left = Pour(used, left);
        if (left > 0)
        {
            left = Pour(Fewest(group.Where(static c => c.Low == 0 && c.High > 0), left), left);
        }

        foreach (var candidate in group)
        {
            candidate.Reason = PlanReasons.OfPacking(candidate, candidate.Low > 0 || _chosen.Contains(candidate), available, left);
        }

        return left;
    }

    /// <summary>Gives each first what it runs, then all that it can take, the ones that run most and have most room first.</summary>
    private static long Pour(List<Candidate> candidates, long left)
    {
        var order = candidates.OrderByDescending(static c => c.Current).ThenByDescending(static c => c.High).ToArray();
        foreach (var candidate in order)
        {
            left -= Give(candidate, Math.Min(candidate.Current, candidate.High), left);
        }

        foreach (var candidate in order)
        {
            left -= Give(candidate, candidate.High, left);
        }

        return left;
    }

    private static long Give(Candidate candidate, long upTo, long left)
    {
        var growth = Math.Clamp(upTo - candidate.Planned, 0, left);
        candidate.Planned += growth;
        return growth;
    }

    private List<Candidate> Fewest(IEnumerable<Candidate> unused, long needed)
    {
        var byRoom = unused.OrderByDescending(static c => c.High).ToList();
        Int128 room = 0;
        var count = 0;
        while (count < byRoom.Count && room < needed)
        {
            room += byRoom[count].High;
            _chosen.Add(byRoom[count++]);
        }

        PreferRunning(byRoom, count - 1, room - needed);
        return [.. group.Where(_chosen.Contains)];
    }

    private void PreferRunning(List<Candidate> byRoom, int last, Int128 spare)
    {
        var settled = new HashSet<Candidate>(ReferenceEqualityComparer.Instance);
        foreach (var running in byRoom.Where(static c => c.Current > 0).OrderByDescending(static c => c.Current))
        {
            while (last >= 0 && settled.Contains(byRoom[last]))
            {
                last--;
            }

            if (_chosen.Contains(running))
            {
                settled.Add(running);
            }
            else if (last >= 0 && spare >= byRoom[last].High - running.High)
            {
                spare -= byRoom[last].High - running.High;
                _chosen.Remove(byRoom[last--]);
                _chosen.Add(running);
                settled.Add(running);
            }
        }
    }
}
