using System.Text.Json;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Finalizers;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Versions;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// Removes a deleted federated object's copies, then lets it go. Only clusters that hold a copy, or may, are waited for.
/// </summary>
internal sealed class RemovalReconciler(
    FederatedType type, SyncServices services, ObjectStates states, MemberCaches caches, ClusterDecider decider, PropagationEvents events)
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(10);

    /// <summary>One pass over a federated object that is being deleted.</summary>
    public async Task<ReconcileResult> ReconcileAsync(FederatedObject source, string? keptUid, CancellationToken cancellationToken)
    {
        var key = source.Source.Key;
        if (!source.Metadata.Finalizers.Contains(FederationFinalizers.SyncController))
        {
            return ReconcileResult.Done;
        }

        if (!TryReadDeleteOptions(source, out var options))
        {
            return ReconcileResult.Done;
        }

        var state = states.For(key, source.Metadata.Uid ?? "");
        var remaining = Remove(source, state, keptUid, options);
        events.Tell(source, state, []);
        if (remaining.Count > 0)
        {
            events.RemovalWaits(source, state, remaining);
            return ReconcileResult.RequeueAfter(Recheck);
        }

        if (await TryReleaseAsync(source, cancellationToken))
        {
            states.Remove(key);
            services.Versions.Forget(VersionKey.Of(type.TargetKind.Kind, key));
        }

        return ReconcileResult.Done;
    }

    /// <summary>
    /// Takes the managed label off copies whose federated object is not there, or no longer: they belong to nobody and
    /// stay as they are.
    /// </summary>
    public ReconcileResult ReleaseStrays(NamespacedName key)
    {
        var target = type.TargetOf(key);
        var state = states.For(key, "");
        var waits = false;
        lock (state.Gate)
        {
            foreach (var cluster in services.Clusters.Clusters.Values)
            {
                if (caches.Find(cluster.Name)?.Get(target) is { Metadata.IsDeleting: false } copy && ClusterDecider.IsOurs(copy))
                {
                    waits |= decider.Unselected(cluster, target, state, keptUid: null, orphan: true).Kind != VerdictKind.None;
                }
            }
        }

        if (waits)
        {
            return ReconcileResult.RequeueAfter(Recheck);
        }

        states.Remove(key);
        services.Versions.Forget(VersionKey.Of(type.TargetKind.Kind, key));
        return ReconcileResult.Done;
    }

    /// <summary>Hands out what is to be removed and returns where something remains, with the reason.</summary>
    private List<(string Cluster, string Why)> Remove(FederatedObject source, ObjectState state, string? keptUid, DeleteOptions? options)
    {
        var key = source.Source.Key;
        var target = type.TargetOf(key);
        var recorded = services.Versions.Get(VersionKey.Of(type.TargetKind.Kind, key), source.Metadata.Uid);
        var remaining = new List<(string, string)>();
        lock (state.Gate)
        {
            foreach (var cluster in services.Clusters.Clusters.Values)
            {
                var verdict = decider.Unselected(cluster, target, state, keptUid, source.IsOrphaning, options);
                if (verdict.Kind != VerdictKind.None && MayHold(cluster, verdict, target, state, recorded))
                {
                    remaining.Add((cluster.Name, verdict.Message.Length > 0 ? verdict.Message : verdict.Status));
                }
            }
        }

        return remaining;
    }

    /// <summary>
    /// Whether a cluster that is not selected may hold a copy of a federated object. Certain of the opposite are only a cluster
    /// that is no longer registered, and one that can be looked at and shows none.
    /// </summary>
    public bool MayHold(string cluster, NamespacedName federated, ObjectState state)
    {
        if (services.Clusters.Get(cluster) is not { } view)
        {
            return services.IsRegistered(cluster);
        }

        lock (state.Gate)
        {
            var entry = state.Clusters.GetValueOrDefault(cluster);
            return entry is { Outstanding: not null } or { MayExist: true }
                || view is not { IsReady: true, Member: { } member }
                || caches.Get(member) is not { HasSynced: true } cache
                || cache.Get(type.TargetOf(federated)) is not null;
        }
    }

    /// <summary>Whether a cluster holds a copy, was given one, may have been given one, or cannot be told yet.</summary>
    private bool MayHold(ClusterView cluster, ClusterVerdict verdict, NamespacedName target, ObjectState state, RecordedVersions? recorded) =>
        verdict.Kind == VerdictKind.Pending
        || caches.Find(cluster.Name)?.Get(target) is not null
        || recorded?.Status.Find(cluster.Name) is not null
        || state.Clusters.GetValueOrDefault(cluster.Name) is { Outstanding: not null } or { Version: not null } or { MayExist: true };

    private async Task<bool> TryReleaseAsync(FederatedObject source, CancellationToken cancellationToken)
    {
        if (source.Source.RemoveFinalizerPatch(FederationFinalizers.SyncController) is not { } patch)
        {
            return true;
        }

        try
        {
            await services.Host.PatchAsync(type.Federated, source.Source.Key, patch, StatusWriter.HostWrite, cancellationToken);
            return true;
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return true;
        }
        catch (StatusException e) when (e.IsConflict)
        {
            // It has changed meanwhile: the watch brings it again.
            return false;
        }
    }

    private bool TryReadDeleteOptions(FederatedObject source, out DeleteOptions? options)
    {
        options = null;
        if (!source.Metadata.Annotations.TryGetValue(FederationAnnotations.DeleteOption, out var text) || text.Length == 0)
        {
            return true;
        }

        try
        {
            options = DeleteOptionsAnnotation.Read(text);
            return true;
        }
        catch (JsonException e)
        {
            events.Warn(source.Source, EventReasons.DeleteInCluster + EventReasons.FailedSuffix, $"the annotation {FederationAnnotations.DeleteOption} cannot be read, so nothing is deleted: {e.Message}");
            return false;
        }
    }
}
