namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>The types of a preference's conditions.</summary>
public static class SchedulingConditions
{
    /// <summary>Whether every replica has a cluster.</summary>
    public const string Scheduled = "Scheduled";

    /// <summary>Whether replicas are on their way to their clusters.</summary>
    public const string Progressing = "Progressing";
}
