namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>Reasons of the Events on preferences, beside those of <see cref="SchedulingReasons"/> for which nothing can be scheduled.</summary>
public static class SchedulingEventReasons
{
    /// <summary>Normal: replicas were shared anew among clusters.</summary>
    public const string ReplicasScheduled = "ReplicasScheduled";
}
