namespace KubeFed.FederationCore.Scheduling;

/// <summary>What decided how many replicas a cluster gets.</summary>
public enum PlanReason
{
    /// <summary>Its share by weight.</summary>
    Weight,

    /// <summary>Its share by room.</summary>
    FreeCapacity,

    /// <summary>It is one of the few clusters that the replicas were packed into.</summary>
    Packed,

    /// <summary>Its minimum.</summary>
    Minimum,

    /// <summary>Its maximum, else it would have got more.</summary>
    Maximum,

    /// <summary>Its capacity, else it would have got more: pods found no node, or no more fit on its nodes.</summary>
    Capacity,

    /// <summary>What runs there stays, since nothing is rebalanced.</summary>
    Current,

    /// <summary>It got what the groups before it had no room for.</summary>
    Overflow,

    /// <summary>The clusters before it could take everything.</summary>
    NotNeeded,

    /// <summary>The total was used up before its turn or in the middle of it.</summary>
    TotalUsedUp,

    /// <summary>Its weight is zero and it has no minimum.</summary>
    NoWeight,

    /// <summary>No preference applies to it.</summary>
    NoPreference,

    /// <summary>How much room it has is not known yet.</summary>
    CapacityUnknown,

    /// <summary>It is not ready: it keeps what it has and gets no more, or its replicas have moved.</summary>
    NotReady,
}
