using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Events;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>Makes and deletes pods for their owners, with the events that tell of it.</summary>
internal sealed class PodControl(Cluster cluster, OwnWrites writes, string component)
{
    private const int AtOnce = 8;
    private readonly IInformer _pods = cluster.Informer(KubeResources.Pods);
    private readonly IEventRecorder _events = cluster.Recorder(component);

    /// <summary>Makes so many pods of the owner's template under generated names. The first refusal ends it.</summary>
    public Task CreateAsync(KubeObject owner, int count, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (_, token) => await CreateAsync(owner, PodBuilding.FromTemplate(owner), token));

    /// <summary>Makes one pod.</summary>
    public async Task<KubeObject> CreateAsync(KubeObject owner, JsonObject pod, CancellationToken cancellationToken)
    {
        try
        {
            var created = await cluster.Client.CreateAsync(KubeResources.Pods, KubeObject.FromNode(pod), cancellationToken: cancellationToken);
            writes.Wrote(owner.Key, _pods, created);
            _events.Record(owner, EventType.Normal, "SuccessfulCreate", "Create", $"Created pod: {created.Metadata.Name}");
            return created;
        }
        catch (StatusException refusal) when (!refusal.IsNamespaceTerminating && !refusal.IsAlreadyExists)
        {
            _events.Record(owner, EventType.Warning, "FailedCreate", "Create", $"Error creating: {refusal.Message}");
            throw;
        }
    }

    /// <summary>Deletes pods with their grace.</summary>
    public Task DeleteAsync(KubeObject owner, IEnumerable<Pod> pods, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        pods,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (pod, token) => await DeleteAsync(owner, pod, token));

    private async Task DeleteAsync(KubeObject owner, Pod pod, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions { PreconditionUid = pod.Metadata.Uid, PropagationPolicy = PropagationPolicy.Background };
        KubeObject? remains = null;
        try
        {
            remains = await cluster.Client.DeleteAsync(KubeResources.Pods, pod.Object.Key, options, cancellationToken);
        }
        catch (StatusException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            // Somebody else was faster; the informer will show it.
        }

        writes.Deleted(owner.Key, _pods, pod.Object, remains);
        _events.Record(owner, EventType.Normal, "SuccessfulDelete", "Delete", $"Deleted pod: {pod.Name}");
    }
}
