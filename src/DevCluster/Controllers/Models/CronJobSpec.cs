namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a cron job's spec.</summary>
internal sealed record CronJobSpec
{
    public string Schedule { get => field ?? ""; init; }

    public string? TimeZone { get; init; }

    public long? StartingDeadlineSeconds { get; init; }

    public string? ConcurrencyPolicy { get; init; }

    public bool Suspend { get; init; }

    public int? SuccessfulJobsHistoryLimit { get; init; }

    public int? FailedJobsHistoryLimit { get; init; }
}
