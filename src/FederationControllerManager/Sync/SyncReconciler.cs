using System.Collections.Immutable;
using System.Text.Json;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Finalizers;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Placements;
using KubeFed.FederationCore.Versions;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.FederationControllerManager.Versions;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// Makes the members hold what one federated object says. Level-triggered: every pass compares what should be with what
/// the caches show, hands out what is missing, and writes the status once nothing is under way any more.
/// </summary>
internal sealed class SyncReconciler(
    FederatedType type,
    SyncServices services,
    IResourceStore federated,
    IResourceStore? federatedNamespaces,
    IResourceStore? hostNamespaces,
    ObjectStates states,
    MemberCaches caches,
    ClusterDecider decider,
    RemovalReconciler removal,
    StatusWriter statuses,
    ServiceStatusWriter serviceStatuses,
    PropagationEvents events) : IReconciler<NamespacedName>
{
    private SyncSettings Settings => services.Settings;

    public async Task<ReconcileResult> ReconcileAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        if (IsNeverPropagated(key))
        {
            return ReconcileResult.Done;
        }

        var stored = federated.Get(key);
        if (stored is null)
        {
            return await removal.ReleaseStraysAsync(key, KeptUid(key), cancellationToken);
        }

        if (type.IsNamespace && !IsNamespaceInOrder(stored))
        {
            return ReconcileResult.Done;
        }

        if (stored.Metadata.IsDeleting)
        {
            return await removal.ReconcileAsync(FederatedObject.Read(stored), KeptUid(key), cancellationToken);
        }

        return await EnsureFinalizerAsync(stored, cancellationToken) is { } ensured
            ? await PropagateAsync(FederatedObject.Read(ensured), cancellationToken)
            : ReconcileResult.Done;
    }

    private async Task<ReconcileResult> PropagateAsync(FederatedObject source, CancellationToken cancellationToken)
    {
        var key = source.Source.Key;
        var clusters = services.Clusters.Clusters;
        var placement = Place(source, clusters);
        if (placement.IsFailed)
        {
            events.PlacementFailed(source, placement.Error);
            return await statuses.WriteAsync(source, states.For(key, source.Metadata.Uid ?? ""), [], placement.Reason, placement.Error, cancellationToken);
        }

        var state = states.For(key, source.Metadata.Uid ?? "");
        var round = Decide(source, state, placement, clusters);
        if (round.Wait is { } wait && round.HasPending)
        {
            return ReconcileResult.RequeueAfter(wait);
        }

        RecordVersions(source, state, placement);
        state.Desired = null;
        events.Tell(source, state, round.Reports);
        await removal.SettleAsync(source, state, placement, round.Reports, cancellationToken);
        if (type.StatusObject is not null)
        {
            await WriteServiceStatusAsync(source, state, clusters.Values, cancellationToken);
        }

        var written = await statuses.WriteAsync(source, state, round.Reports, placement.Reason, message: null, cancellationToken);
        return written == ReconcileResult.Done && round.Wait is { } later ? ReconcileResult.RequeueAfter(later) : written;
    }

    private async Task WriteServiceStatusAsync(
        FederatedObject source, ObjectState state, IEnumerable<ClusterView> clusters, CancellationToken cancellationToken)
    {
        var started = services.Time.GetTimestamp();
        try
        {
            await serviceStatuses.WriteAsync(source, state, clusters, cancellationToken);
        }
        finally
        {
            services.Metrics?.Reconciles.Reconciled(ReconcileMetrics.Status, services.Time.GetElapsedTime(started));
        }
    }

    private Round Decide(
        FederatedObject source, ObjectState state, PlacementDecision placement, IReadOnlyDictionary<string, ClusterView> clusters)
    {
        var target = type.TargetOf(source.Source.Key);
        var desired = state.DesiredOf(source, type.Description);
        var recorded = services.Versions.Get(VersionKey.Of(type.TargetKind.Kind, source.Source.Key), source.Metadata.Uid);
        var keptUid = KeptUid(source.Source.Key);
        var round = new Round();
        lock (state.Gate)
        {
            foreach (var (name, cluster) in clusters)
            {
                if (placement.Selects(name))
                {
                    round.Add(name, decider.Selected(cluster, target, state, source, desired, recorded), RemoteStatus(cluster, target));
                }
                else
                {
                    round.AddUnselected(name, decider.Unselected(cluster, target, state, keptUid));
                }
            }
        }

        if (desired.DropsFinalizers)
        {
            events.FinalizersNotSupported(source, state);
        }

        return round;
    }

    private JsonElement? RemoteStatus(ClusterView cluster, NamespacedName target)
    {
        if (!type.CollectsStatus || cluster is not { IsReady: true, Member: { } member } || caches.Get(member)?.StatusOf(target) is not { } json)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private PlacementDecision Place(FederatedObject source, ImmutableSortedDictionary<string, ClusterView> clusters)
    {
        var registered = new PlacementCluster[clusters.Count];
        var i = 0;
        foreach (var cluster in clusters.Values)
        {
            registered[i++] = new PlacementCluster(cluster.Name, cluster.Labels);
        }

        if (!type.IsTargetNamespaced)
        {
            return PlacementResolver.Resolve(source, registered, Settings.Placement);
        }

        var gate = federatedNamespaces?.Get(new NamespacedName(source.Metadata.Namespace, source.Metadata.Namespace));
        var federatedNamespace = gate is null || gate.Metadata.IsDeleting ? null : FederatedObject.Read(gate);
        return PlacementResolver.ResolveInNamespace(source, federatedNamespace, registered, Settings.Placement);
    }

    private void RecordVersions(FederatedObject source, ObjectState state, PlacementDecision placement)
    {
        var key = VersionKey.Of(type.TargetKind.Kind, source.Source.Key);
        var owner = new OwnerReference
        {
            ApiVersion = source.Source.ApiVersion,
            Kind = source.Source.Kind,
            Name = source.Metadata.Name,
            Uid = source.Metadata.Uid ?? "",
        };
        var before = services.Versions.Get(key, source.Metadata.Uid)?.Status;
        var written = new List<ClusterObjectVersion>();
        lock (state.Gate)
        {
            foreach (var (name, entry) in state.Clusters)
            {
                if (entry.Version is { } version && placement.Selects(name))
                {
                    written.Add(version);
                }
            }
        }

        var merged = PropagatedVersions.Merge(
            before, SourceVersions.OfTemplate(source), SourceVersions.OfOverrides(source), written, placement, MayHold, out var changed);
        if (changed && (before is not null || merged.ClusterVersions.Count > 0))
        {
            services.Versions.Record(key, new RecordedVersions(owner, merged));
        }

        bool MayHold(string cluster) => removal.MayHold(cluster, source.Source.Key, state);
    }

    private async Task<KubeObject?> EnsureFinalizerAsync(KubeObject stored, CancellationToken cancellationToken)
    {
        if (stored.AddFinalizerPatch(FederationFinalizers.SyncController) is not { } patch)
        {
            return stored;
        }

        var state = states.For(stored.Key, stored.Metadata.Uid ?? "");
        lock (state.Gate)
        {
            if (state.FinalizerVersion.Length > 0 && !ResourceVersions.IsAtLeast(stored.Metadata.ResourceVersion, state.FinalizerVersion))
            {
                return stored;
            }
        }

        try
        {
            var patched = await services.Host.PatchAsync(type.Federated, stored.Key, patch, StatusWriter.HostWrite, cancellationToken);
            lock (state.Gate)
            {
                state.FinalizerVersion = patched.Metadata.ResourceVersion ?? "";
            }

            return patched;
        }
        catch (StatusException e) when (e.IsNotFound || e.IsConflict)
        {
            // It has changed or gone meanwhile: the watch brings it again.
            return null;
        }
        catch (StatusException e)
        {
            events.Warn(stored, EventReasons.EnsureFinalizerError, $"the finalizer {FederationFinalizers.SyncController} cannot be added: {e.Message}");
            throw;
        }
    }

    private bool IsNeverPropagated(NamespacedName key)
    {
        var @namespace = type.IsNamespace ? key.Name : key.Namespace;
        return type.IsNamespace && Settings.IsSystemNamespace(@namespace);
    }

    private bool IsNamespaceInOrder(KubeObject stored)
    {
        if (stored.Metadata.Name != stored.Metadata.Namespace)
        {
            events.Warn(stored, EventReasons.InvalidName, $"a FederatedNamespace must bear the name of its namespace, \"{stored.Metadata.Namespace}\"");
            return false;
        }

        return hostNamespaces?.Get(NamespacedName.Cluster(stored.Metadata.Name)) is not null || stored.Metadata.IsDeleting;
    }

    /// <summary>The host's own namespace loses its label instead of being deleted, where the host is a member too.</summary>
    private string? KeptUid(NamespacedName federatedKey) =>
        type.IsNamespace ? hostNamespaces?.Get(NamespacedName.Cluster(federatedKey.Name))?.Metadata.Uid : null;
}
