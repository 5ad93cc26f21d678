namespace KubeFed.FederationCore.Scheduling;

/// <summary>Finds what decided a candidate's number.</summary>
internal static class PlanReasons
{
    public static PlanReason OfShare(Candidate candidate, ShareLevel? level, long keep, long available, PlanStrategy strategy)
    {
        if (OfLimit(candidate, level) is { } limit)
        {
            return limit;
        }

        if (candidate.Planned < Math.Min(candidate.Minimum, candidate.High) || candidate.Planned < keep)
        {
            return OfShortage(candidate);
        }

        if (candidate.Planned == candidate.Base)
        {
            return OfBase(candidate, available);
        }

        if (candidate.Planned == candidate.Low && level?.Exceeds(candidate, candidate.Low) != true)
        {
            return PlanReason.Current;
        }

        return candidate.Group > 0 ? PlanReason.Overflow
            : strategy == PlanStrategy.FreeCapacity ? PlanReason.FreeCapacity
            : PlanReason.Weight;
    }

    public static PlanReason OfPacking(Candidate candidate, bool chosen, long available, long left)
    {
        if (candidate.Planned == candidate.High && (left > 0 || candidate.Minimum > candidate.High || candidate.High == 0))
        {
            return Limit(candidate);
        }

        if (candidate.Planned < Math.Min(candidate.Minimum, candidate.High))
        {
            return OfShortage(candidate);
        }

        if (candidate.Planned == candidate.Base && candidate.Base > 0)
        {
            return PlanReason.Minimum;
        }

        if (candidate.Planned > 0 && candidate.Planned == candidate.Low && available == 0)
        {
            return candidate.Planned < candidate.Current ? OfShortage(candidate) : PlanReason.Current;
        }

        return !chosen || candidate.Planned == 0 ? PlanReason.NotNeeded
            : candidate.Group > 0 ? PlanReason.Overflow
            : PlanReason.Packed;
    }

    /// <summary>The number that a reason speaks of.</summary>
    public static long BoundOf(Candidate candidate) => candidate.Reason switch
    {
        PlanReason.Weight => candidate.Weight,
        PlanReason.FreeCapacity or PlanReason.Packed => Math.Min(candidate.Room, candidate.Capacity),
        PlanReason.Minimum => candidate.Minimum,
        PlanReason.Maximum => candidate.Maximum,
        PlanReason.Capacity => candidate.High,
        PlanReason.Current => candidate.Current,
        _ => 0,
    };

    private static PlanReason? OfLimit(Candidate candidate, ShareLevel? level)
    {
        var wantsMore = candidate.Minimum > candidate.High || level?.Exceeds(candidate, candidate.High) == true;
        return candidate.Planned == candidate.High && wantsMore ? Limit(candidate) : null;
    }

    /// <summary>Why a candidate has less than it might: in a later group that is the order of the groups.</summary>
    private static PlanReason OfShortage(Candidate candidate) => candidate switch
    {
        { Group: 0 } => PlanReason.TotalUsedUp,
        { Planned: 0 } => PlanReason.NotNeeded,
        _ => PlanReason.Overflow,
    };

    private static PlanReason OfBase(Candidate candidate, long available)
    {
        if (candidate.Base > 0)
        {
            return PlanReason.Minimum;
        }

        if (candidate.Share == 0)
        {
            return candidate.Weight == 0 ? PlanReason.NoWeight : Limit(candidate);
        }

        return candidate.Group > 0 && available == 0 ? PlanReason.NotNeeded : PlanReason.TotalUsedUp;
    }

    private static PlanReason Limit(Candidate candidate)
    {
        if (candidate.IsHeld && candidate.High == candidate.Current)
        {
            return PlanReason.NotReady;
        }

        if (candidate.High == candidate.Maximum)
        {
            return PlanReason.Maximum;
        }

        return candidate.RoomUnknown && candidate.High == candidate.Room ? PlanReason.CapacityUnknown : PlanReason.Capacity;
    }
}
