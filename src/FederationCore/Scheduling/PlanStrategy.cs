namespace KubeFed.FederationCore.Scheduling;

/// <summary>By what the replicas above the minimums are shared out.</summary>
public enum PlanStrategy
{
    /// <summary>By the weights of the preferences, as KubeFed does.</summary>
    Weighted,

    /// <summary>By the room that each cluster has (what it runs and what more fits); weights only decide who is first when all else is equal.</summary>
    FreeCapacity,

    /// <summary>Into as few clusters as possible; weights only decide who is first when all else is equal.</summary>
    Aggregated,
}
