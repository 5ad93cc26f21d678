using System.Globalization;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Jobs;

/// <summary>The pods of a job, counted.</summary>
internal sealed class JobTally
{
    private readonly Job _job;
    private readonly HashSet<int> _doneIndexes = [];

    public JobTally(Job job, IReadOnlyList<Pod> pods)
    {
        _job = job;
        Active = [.. pods.Where(static pod => pod.IsActive())];
        Terminating = pods.Count(static pod => pod.Metadata.IsDeleting && !pod.IsTerminal());
        var failed = pods.Where(static pod => pod.Status.Phase == PodState.Failed).ToList();
        Failed = Math.Max(job.Status.Failed, failed.Count);
        LastFailure = failed.Select(static pod => pod.EndedAt()).Max();
        _doneIndexes.UnionWith(IndexList.Parse(job.Status.CompletedIndexes));
        _doneIndexes.UnionWith(pods.Where(static pod => pod.Status.Phase == PodState.Succeeded).Select(IndexOf).OfType<int>());
        var succeeded = pods.Count(static pod => pod.Status.Phase == PodState.Succeeded);
        Succeeded = IsIndexed ? _doneIndexes.Count : Math.Max(job.Status.Succeeded, succeeded);
    }

    public IReadOnlyList<Pod> Active { get; }

    public int Terminating { get; }

    public int Succeeded { get; }

    public int Failed { get; }

    public DateTimeOffset? LastFailure { get; }

    /// <summary>Whether nothing is left to do. A job without a number of completions is done when one pod succeeded and the others have ended.</summary>
    public bool IsComplete => Completions is { } wanted ? Succeeded >= wanted : Succeeded > 0 && Active.Count == 0;

    /// <summary>How many pods are to be there now.</summary>
    public int WantedActive => Completions is { } wanted ? Math.Min(Parallelism, wanted - Succeeded)
        : Succeeded > 0 ? Math.Min(Active.Count, Parallelism)
        : Parallelism;

    private bool IsIndexed => _job.Spec.CompletionMode == "Indexed";

    private int Parallelism => _job.Spec.Parallelism ?? 1;

    private int? Completions => _job.Spec.Completions ?? (_job.Spec.Parallelism is null ? 1 : null);

    /// <summary>The next pods to make.</summary>
    public IReadOnlyList<int?> Next(int count)
    {
        if (!IsIndexed)
        {
            return [.. Enumerable.Repeat<int?>(null, count)];
        }

        var busy = Active.Select(IndexOf).ToHashSet();
        return [.. Enumerable.Range(0, Completions ?? 0).Where(i => !_doneIndexes.Contains(i) && !busy.Contains(i)).Take(count).Select(static i => (int?)i)];
    }

    public JobStatus Status(DateTimeOffset now) => _job.Status with
    {
        StartTime = _job.Status.StartTime ?? now,
        Active = Active.Count,
        Ready = Active.Count(static pod => pod.IsReady()),
        Succeeded = Succeeded,
        Failed = Failed,
        Terminating = Terminating,
        CompletedIndexes = IsIndexed && _doneIndexes.Count > 0 ? IndexList.Format(_doneIndexes) : null,
        UncountedTerminatedPods = new UncountedPods(),
    };

    private static int? IndexOf(Pod pod) =>
        pod.Metadata.Annotations.TryGetValue(JobPlanner.IndexAnnotation, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
}
