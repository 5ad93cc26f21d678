using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Jobs;

/// <summary>Runs jobs through pods.</summary>
internal sealed class JobReconciler : ObjectReconciler
{
    private readonly IInformer _pods;
    private readonly PodControl _control;
    private readonly IEventRecorder _events;

    public JobReconciler(Cluster cluster)
        : base(cluster, cluster.Informer(KubeResources.Jobs))
    {
        _pods = cluster.Informer(KubeResources.Pods);
        _control = new PodControl(cluster, Writes, "job-controller");
        _events = cluster.Recorder("job-controller");
    }

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        var job = value.ToJob();
        var pods = _pods.Store.ControlledBy(value.Metadata).Select(static pod => pod.ToPod()).ToList();
        var plan = JobPlanner.Plan(job, pods, Cluster.Now);
        if (plan.Remove)
        {
            var options = new DeleteOptions { PreconditionUid = value.Metadata.Uid, PropagationPolicy = PropagationPolicy.Background };
            await Cluster.Client.DeleteAsync(KubeResources.Jobs, value.Key, options, cancellationToken);
            return ReconcileResult.Done;
        }

        foreach (var index in plan.Create)
        {
            await _control.CreateAsync(value, Build(job, index), cancellationToken);
        }

        await _control.DeleteAsync(value, plan.Delete, cancellationToken);
        if (await Cluster.Client.WriteStatusAsync(KubeResources.Jobs, value, plan.Status, WorkloadJsonContext.Default.JobStatus, cancellationToken) is { } written)
        {
            Writes.Wrote(value.Key, Objects, written);
            Tell(job, written.ToJob());
        }

        return plan.Wake is { } wait ? ReconcileResult.RequeueAfter(wait) : ReconcileResult.Done;
    }

    private static JsonObject Build(Job job, int? index)
    {
        var pod = PodBuilding.FromTemplate(job.Object);
        foreach (var prefix in (string[])["", "batch.kubernetes.io/"])
        {
            pod.Labelled(prefix + "controller-uid", job.Metadata.Uid!).Labelled(prefix + "job-name", job.Name);
        }

        if (index is { } number)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            pod.Labelled(JobPlanner.IndexAnnotation, text).Put(text, "metadata", "annotations", JobPlanner.IndexAnnotation);
            pod.Put($"{job.Name}-{text}-", "metadata", "generateName").Put($"{job.Name}-{text}", "spec", "hostname");
        }

        return pod;
    }

    private void Tell(Job old, Job now)
    {
        if (old.IsFinished() || !now.IsFinished())
        {
            return;
        }

        if (now.Status.Conditions.Find(JobPlanner.Failed) is { IsTrue: true } failed)
        {
            _events.Record(now.Object, EventType.Warning, failed.Reason!, "Job", failed.Message!);
        }
        else
        {
            _events.Record(now.Object, EventType.Normal, "Completed", "Job", "Job completed");
        }
    }
}
