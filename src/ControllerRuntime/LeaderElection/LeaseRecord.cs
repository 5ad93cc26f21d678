namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>What a lease says. Times are the writer's clock; nobody else compares them with their own.</summary>
public sealed record LeaseRecord
{
    /// <summary>Who holds the lease; empty when it was given up.</summary>
    public required string HolderIdentity { get; init; }

    /// <summary>For how many seconds after a renewal others must leave the lease alone.</summary>
    public required int LeaseDurationSeconds { get; init; }

    /// <summary>When the holder took it.</summary>
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>When the holder renewed it last.</summary>
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>How often it has passed from one holder to another.</summary>
    public int LeaseTransitions { get; init; }
}
