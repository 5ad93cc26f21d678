namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>A job that a cron job started and that runs.</summary>
internal sealed record JobReference
{
    public string? Kind { get; init; }

    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? Uid { get; init; }

    public string? ApiVersion { get; init; }

    public string? ResourceVersion { get; init; }
}
