using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Jobs;

/// <summary>What a job needs now, and the status that it has.</summary>
internal sealed record JobPlan
{
    /// <summary>The pods to make: the indexes of an indexed job, otherwise nulls.</summary>
    public IReadOnlyList<int?> Create { get; init; } = [];

    /// <summary>The pods to delete.</summary>
    public IReadOnlyList<Pod> Delete { get; init; } = [];

    public required JobStatus Status { get; init; }

    /// <summary>When to look again although nothing changed; null for not.</summary>
    public TimeSpan? Wake { get; init; }

    /// <summary>Whether the job is over for so long that it is to be removed.</summary>
    public bool Remove { get; init; }
}
