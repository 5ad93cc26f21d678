using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.DevClusters.Controllers.Jobs;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.CronJobs;

/// <summary>Starts jobs when they are due, and removes those that are over beyond the histories.</summary>
internal sealed class CronJobReconciler : ObjectReconciler
{
    private const string ScheduledAt = "batch.kubernetes.io/cronjob-scheduled-timestamp";
    private readonly IInformer _jobs;
    private readonly IEventRecorder _events;

    public CronJobReconciler(Cluster cluster)
        : base(cluster, cluster.Informer(KubeResources.CronJobs))
    {
        _jobs = cluster.Informer(KubeResources.Jobs);
        _events = cluster.Recorder("cronjob-controller");
    }

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        if (value.Metadata.IsDeleting)
        {
            return ReconcileResult.Done;
        }

        var cron = value.ToCronJob();
        var jobs = _jobs.Store.ControlledBy(value.Metadata).Select(static job => job.ToJob()).ToList();
        await CleanAsync(cron, jobs, cancellationToken);
        if (!CronSchedule.TryParse(cron.Spec.Schedule, cron.Spec.TimeZone, out var schedule))
        {
            _events.Record(value, EventType.Warning, "UnparseableSchedule", "Schedule", $"unparseable schedule: {cron.Spec.Schedule}");
            return ReconcileResult.Done;
        }

        var due = cron.Spec.Suspend ? null : CronPlanner.Due(cron, schedule, Cluster.Now);
        var active = jobs.Where(static job => !job.IsFinished()).ToList();
        var status = Status(cron, jobs, active);
        if (due is { } time)
        {
            status = await StartAsync(cron, active, time, status, cancellationToken);
        }

        if (await Cluster.Client.WriteStatusAsync(KubeResources.CronJobs, value, status, WorkloadJsonContext.Default.CronJobStatus, cancellationToken) is { } written)
        {
            Writes.Wrote(value.Key, Objects, written);
        }

        return !cron.Spec.Suspend && schedule.Next(Cluster.Now) - Cluster.Time.GetUtcNow() is { } wait ? ReconcileResult.RequeueAfter(wait) : ReconcileResult.Done;
    }

    private static CronJobStatus Status(CronJob cron, List<Job> jobs, List<Job> active) => cron.Status with
    {
        Active = active.Count == 0 ? null : [.. active.Select(static job => Reference(job.Object))],
        LastSuccessfulTime = jobs.Select(static job => job.Status.CompletionTime).Append(cron.Status.LastSuccessfulTime).Max(),
    };

    private static JobReference Reference(KubeObject job) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Namespace = job.Metadata.Namespace,
        Name = job.Metadata.Name,
        Uid = job.Metadata.Uid,
        ResourceVersion = job.Metadata.ResourceVersion,
    };

    private async Task<CronJobStatus> StartAsync(CronJob cron, List<Job> active, DateTimeOffset time, CronJobStatus status, CancellationToken cancellationToken)
    {
        if (cron.Spec.ConcurrencyPolicy == "Forbid" && active.Count > 0)
        {
            _events.Record(cron.Object, EventType.Normal, "JobAlreadyActive", "Schedule", "Not starting job because prior execution is running and concurrency policy is Forbid");
            return status;
        }

        if (cron.Spec.ConcurrencyPolicy == "Replace")
        {
            foreach (var job in active)
            {
                await DeleteAsync(cron, job, cancellationToken);
            }

            status = status with { Active = null };
        }

        try
        {
            var job = await Cluster.Client.CreateAsync(KubeResources.Jobs, Build(cron, time), cancellationToken: cancellationToken);
            Writes.Wrote(cron.Object.Key, _jobs, job);
            _events.Record(cron.Object, EventType.Normal, "SuccessfulCreate", "Schedule", $"Created job {job.Metadata.Name}");
            return status with { LastScheduleTime = time, Active = [.. status.Active ?? [], Reference(job)] };
        }
        catch (StatusException refusal) when (refusal.IsAlreadyExists)
        {
            return status with { LastScheduleTime = time };
        }
    }

    private static KubeObject Build(CronJob cron, DateTimeOffset time)
    {
        var template = cron.Object.GetNode("spec", "jobTemplate") as JsonObject ?? [];
        var root = PodBuilding.FromTemplate(cron.Object, template);
        root["apiVersion"] = "batch/v1";
        root["kind"] = "Job";
        root["metadata"]!.AsObject().Remove("generateName");
        var minutes = time.ToUnixTimeSeconds() / 60;
        root.Named(string.Create(CultureInfo.InvariantCulture, $"{cron.Name}-{minutes}"))
            .Put(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), "metadata", "annotations", ScheduledAt);
        return KubeObject.FromNode(root);
    }

    private async Task CleanAsync(CronJob cron, List<Job> jobs, CancellationToken cancellationToken)
    {
        foreach (var job in CronPlanner.Outdated(cron, jobs))
        {
            await DeleteAsync(cron, job, cancellationToken);
            jobs.Remove(job);
        }
    }

    private async Task DeleteAsync(CronJob cron, Job job, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions { PreconditionUid = job.Metadata.Uid, PropagationPolicy = PropagationPolicy.Background };
        Writes.Deleted(
            cron.Object.Key, _jobs, job.Object, await Cluster.Client.DeleteAsync(KubeResources.Jobs, job.Object.Key, options, cancellationToken));
        _events.Record(cron.Object, EventType.Normal, "SuccessfulDelete", "Schedule", $"Deleted job {job.Name}");
    }
}
