using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a job's spec.</summary>
internal sealed record JobSpec
{
    public int? Parallelism { get; init; }

    public int? Completions { get; init; }

    public string? CompletionMode { get; init; }

    public int? BackoffLimit { get; init; }

    public long? ActiveDeadlineSeconds { get; init; }

    public int? TtlSecondsAfterFinished { get; init; }

    public bool Suspend { get; init; }

    public LabelSelector? Selector { get; init; }

    public PodTemplate? Template { get; init; }
}
