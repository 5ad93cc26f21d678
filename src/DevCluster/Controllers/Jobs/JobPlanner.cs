using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Jobs;

/// <summary>
/// Decides for jobs as kube-controller-manager's job controller does: completions, parallelism, indexes, backoff, deadline, suspension. Pods
/// that ended are counted as long as they are there, and once counted stay so.
/// </summary>
internal static class JobPlanner
{
    public const string IndexAnnotation = "batch.kubernetes.io/job-completion-index";
    public const string Complete = "Complete";
    public const string Failed = "Failed";

    private const int DefaultBackoffLimit = 6;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(6);

    public static bool IsFinished(this Job job) => job.Status.Conditions.IsTrue(Complete) || job.Status.Conditions.IsTrue(Failed);

    public static JobPlan Plan(Job job, IReadOnlyList<Pod> pods, DateTimeOffset now)
    {
        var tally = new JobTally(job, pods);
        if (job.Metadata.IsDeleting)
        {
            return new JobPlan { Status = job.Status };
        }

        if (job.IsFinished())
        {
            return Finished(job, tally, now);
        }

        var status = tally.Status(now);
        if (Failure(job, tally, now) is var (reason, message))
        {
            return End(tally, status, Failed, "FailureTarget", reason, message, now);
        }

        if (tally.IsComplete)
        {
            return End(tally, status, Complete, "SuccessCriteriaMet", "CompletionsReached", "Reached expected number of succeeded pods", now);
        }

        return job.Spec.Suspend ? Suspend(tally, status, now) : Go(job, tally, status, now);
    }

    private static JobPlan Go(Job job, JobTally tally, JobStatus status, DateTimeOffset now)
    {
        if (status.Conditions.IsTrue("Suspended"))
        {
            status = status with
            {
                StartTime = now,
                Conditions = status.Conditions.With("Suspended", Condition.False, "JobResumed", "Job resumed", now),
            };
        }

        var wait = BackoffUntil(tally) - now;
        var wake = Soonest(wait, Deadline(job, status) - now);
        var excess = tally.Active.Count - tally.WantedActive;
        return new JobPlan
        {
            Create = excess < 0 && !(wait > TimeSpan.Zero) ? tally.Next(-excess) : [],
            Delete = excess > 0 ? [.. tally.Active.OrderBy(static pod => pod.IsReady()).ThenByDescending(static pod => pod.Metadata.CreationTimestamp).Take(excess)] : [],
            Status = status,
            Wake = wake,
        };
    }

    private static JobPlan Suspend(JobTally tally, JobStatus status, DateTimeOffset now) => new()
    {
        Delete = tally.Active,
        Status = status with
        {
            StartTime = null,
            Conditions = status.Conditions.With("Suspended", Condition.True, "JobSuspended", "Job suspended", now),
        },
    };

    private static JobPlan End(JobTally tally, JobStatus status, string type, string target, string reason, string message, DateTimeOffset now) => new()
    {
        Delete = tally.Active,
        Status = status with
        {
            Active = 0,
            Ready = 0,
            Failed = status.Failed + (type == Failed ? tally.Active.Count : 0),
            CompletionTime = type == Complete ? now : null,
            Conditions = status.Conditions.With(target, Condition.True, reason, message, now).With(type, Condition.True, reason, message, now),
        },
    };

    private static JobPlan Finished(Job job, JobTally tally, DateTimeOffset now)
    {
        var end = (job.Status.Conditions.Find(Complete) ?? job.Status.Conditions.Find(Failed))?.LastTransitionTime ?? now;
        var left = job.Spec.TtlSecondsAfterFinished is { } seconds ? end.AddSeconds(seconds) - now : (TimeSpan?)null;
        return new JobPlan { Delete = tally.Active, Status = job.Status, Wake = left, Remove = left <= TimeSpan.Zero };
    }

    private static (string Reason, string Message)? Failure(Job job, JobTally tally, DateTimeOffset now) =>
        tally.Failed > (job.Spec.BackoffLimit ?? DefaultBackoffLimit) ? ("BackoffLimitExceeded", "Job has reached the specified backoff limit")
        : !job.Spec.Suspend && Deadline(job, job.Status) <= now ? ("DeadlineExceeded", "Job was active longer than specified deadline")
        : null;

    private static DateTimeOffset? Deadline(Job job, JobStatus status) =>
        job.Spec.ActiveDeadlineSeconds is { } seconds ? status.StartTime?.AddSeconds(seconds) : null;

    // Shorter than Kubernetes' ten seconds: nothing real has to recover here.
    private static DateTimeOffset? BackoffUntil(JobTally tally) => tally.LastFailure is not { } last ? null
        : last + TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, FirstBackoff.TotalSeconds * Math.Pow(2, Math.Min(tally.Failed - 1, 20))));

    private static TimeSpan? Soonest(TimeSpan? a, TimeSpan? b) =>
        a > TimeSpan.Zero && b > TimeSpan.Zero ? (a < b ? a : b) : a > TimeSpan.Zero ? a : b > TimeSpan.Zero ? b : null;
}
