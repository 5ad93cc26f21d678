using KubeFed.DevClusters.Controllers.Jobs;

namespace KubeFed.DevClusters.Controllers.CronJobs;

/// <summary>What is due and what is over of a cron job.</summary>
internal static class CronPlanner
{
    private const int DefaultSuccessful = 3;
    private const int DefaultFailed = 1;

    /// <summary>The time for which a job is to be started now: the last that has passed without one and is not too late; null for none.</summary>
    public static DateTimeOffset? Due(CronJob cron, CronSchedule schedule, DateTimeOffset now)
    {
        var since = cron.Status.LastScheduleTime ?? cron.Metadata.CreationTimestamp ?? now;
        if (cron.Spec.StartingDeadlineSeconds is { } seconds && now.AddSeconds(-seconds) > since)
        {
            since = now.AddSeconds(-seconds);
        }

        return schedule.Latest(since, now);
    }

    /// <summary>The finished jobs beyond the histories, the oldest.</summary>
    public static IReadOnlyList<Job> Outdated(CronJob cron, IReadOnlyList<Job> jobs) =>
    [
        .. Beyond(jobs, JobPlanner.Complete, cron.Spec.SuccessfulJobsHistoryLimit ?? DefaultSuccessful),
        .. Beyond(jobs, JobPlanner.Failed, cron.Spec.FailedJobsHistoryLimit ?? DefaultFailed),
    ];

    private static IEnumerable<Job> Beyond(IReadOnlyList<Job> jobs, string condition, int limit) => jobs
        .Where(job => !job.Metadata.IsDeleting && ConditionOf(job, condition))
        .OrderByDescending(static job => job.Metadata.CreationTimestamp)
        .ThenByDescending(static job => job.Name, StringComparer.Ordinal)
        .Skip(limit);

    private static bool ConditionOf(Job job, string type) => Models.ConditionList.IsTrue(job.Status.Conditions, type);
}
