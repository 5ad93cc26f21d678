using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Scheduling.Application;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>
/// Writes schedules into federated objects by server-side apply as <see cref="FederationNames.ReplicaScheduler"/>, and takes them out
/// again. Nothing is written that is there already.
/// </summary>
internal sealed class ScheduleApplier(IDynamicClient host, ILogger<ScheduleApplier> logger, SchedulingMetrics? metrics)
{
    private static readonly ApplyOptions Options = new() { FieldManager = FederationNames.ReplicaScheduler, Force = true };

    /// <summary>Makes an object follow a schedule. Returns the object as written, or null where nothing was to be written.</summary>
    /// <exception cref="StatusException">The host refuses, or the object has changed meanwhile.</exception>
    public async Task<KubeObject?> ApplyAsync(FederatedType type, FederatedObject source, Schedule schedule, CancellationToken cancellationToken)
    {
        if (ScheduleOverlay.Apply(source, schedule) is not { } configuration)
        {
            return null;
        }

        try
        {
            var written = await host.ApplyAsync(type.Federated, source.Source.Key, configuration, Options, cancellationToken);
            metrics?.Applied(SchedulingMetrics.Success);
            return written;
        }
        catch (StatusException e)
        {
            metrics?.Applied(e.IsConflict ? SchedulingMetrics.Conflict : SchedulingMetrics.Error);
            throw;
        }
    }

    /// <summary>Gives an object back what it had before schedules.</summary>
    /// <exception cref="StatusException">The host refuses, or the object has changed meanwhile.</exception>
    public async Task ReleaseAsync(FederatedType type, FederatedObject source, CancellationToken cancellationToken)
    {
        var (configuration, restores) = ScheduleOverlay.Release(source);
        KubeObject released;
        try
        {
            released = await host.ApplyAsync(type.Federated, source.Source.Key, configuration, Options, cancellationToken);
        }
        catch (StatusException e) when (e.IsInvalid)
        {
            released = await RemoveAsync(type, source, cancellationToken);
        }

        if (Disown(released, restores) is { } patch)
        {
            await host.PatchAsync(type.Federated, source.Source.Key, patch, new WriteOptions { FieldManager = FederationNames.ReplicaScheduler }, cancellationToken);
        }

        metrics?.Released();
        SchedulingLog.Released(logger, type.FederatedKind.Kind, source.Source.Key);
    }

    private async Task<KubeObject> RemoveAsync(FederatedType type, FederatedObject source, CancellationToken cancellationToken)
    {
        var present = await host.GetAsync(type.Federated, source.Source.Key, cancellationToken: cancellationToken);
        return await host.UpdateAsync(
            type.Federated, KubeObject.FromNode(ScheduleRemoval.Remove(present)), new WriteOptions { FieldManager = FederationNames.ReplicaScheduler }, cancellationToken);
    }

    /// <summary>
    /// What was restored must not be ours, or its author's next apply would conflict with us. And a record that others own too, as in
    /// a copy of an object, would be taken for ours for ever.
    /// </summary>
    private static Patch? Disown(KubeObject released, bool restores)
    {
        var operations = new JsonArray();
        if (released.Metadata.Annotations.ContainsKey(FederationAnnotations.ReplicaScheduler))
        {
            operations.Add(new JsonObject { ["op"] = "remove", ["path"] = "/metadata/annotations/" + FederationAnnotations.ReplicaScheduler.Replace("/", "~1", StringComparison.Ordinal) });
        }

        if (restores && released.GetNode("metadata", "managedFields") is JsonArray fields && fields.Any(IsOurs))
        {
            var others = fields.Where(static f => !IsOurs(f)).Select(static f => f!.DeepClone());
            operations.Add(new JsonObject { ["op"] = "replace", ["path"] = "/metadata/managedFields", ["value"] = new JsonArray([.. others]) });
        }

        if (operations.Count == 0)
        {
            return null;
        }

        operations.Insert(0, new JsonObject { ["op"] = "replace", ["path"] = "/metadata/resourceVersion", ["value"] = released.Metadata.ResourceVersion });
        return Patch.Json(operations);
    }

    private static bool IsOurs(JsonNode? entry) => (string?)entry?["manager"] == FederationNames.ReplicaScheduler;
}
