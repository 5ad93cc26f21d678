namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>How replicas are scheduled; from the KubeFedConfig.</summary>
internal sealed record SchedulingSettings
{
    /// <summary>Whether preferences are followed; if not, what they had set is given back. The feature gate SchedulerPreferences.</summary>
    public bool IsEnabled { get; init; } = true;
}
