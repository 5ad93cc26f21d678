namespace KubeFed.ControllerRuntime.LeaderElection;

internal sealed record LeaseMetadata
{
    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? ResourceVersion { get; init; }
}
