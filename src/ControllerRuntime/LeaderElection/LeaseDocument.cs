namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>What we read and write of a Lease; absent fields are left out.</summary>
internal sealed record LeaseDocument
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public LeaseMetadata? Metadata { get; init; }

    public LeaseSpec? Spec { get; init; }
}
