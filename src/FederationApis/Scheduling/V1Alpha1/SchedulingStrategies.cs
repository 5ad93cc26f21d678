namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>How replicas are shared.</summary>
public static class SchedulingStrategies
{
    /// <summary>By the clusters' weights.</summary>
    public const string Weighted = "Weighted";

    /// <summary>By the room that is free in the clusters.</summary>
    public const string FreeCapacity = "FreeCapacity";

    /// <summary>Into as few clusters as hold them.</summary>
    public const string Aggregated = "Aggregated";
}
