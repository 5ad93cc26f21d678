namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>How often capacity is collected.</summary>
internal sealed record CapacitySettings
{
    /// <summary>Time between two collections from a member. Default 30 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Least time between two collections from a member, however often one is asked for. Default 5 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a collection may take before it counts as failed. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How old what is known may be. Default 2 min.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(2);
}
