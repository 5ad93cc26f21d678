namespace KubeFed.KubeClient.Discovery;

internal sealed record VersionDocument
{
    public string? Major { get; init; }

    public string? Minor { get; init; }

    public string? GitVersion { get; init; }

    public string? GitCommit { get; init; }

    public string? BuildDate { get; init; }

    public string? GoVersion { get; init; }

    public string? Platform { get; init; }
}
