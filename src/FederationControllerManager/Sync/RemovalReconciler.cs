using System.Text.Json;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Finalizers;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Placements;
using KubeFed.FederationCore.Statuses;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Removals;
using KubeFed.FederationControllerManager.Versions;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// Removes a deleted federated object's copies, then lets it go. Only clusters that hold a copy, or may, are waited for; those that
/// cannot be reached only for so long. What is left to do in them is remembered, and done when they are back.
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
            var patience = PatienceWith(source);
            if (patience > TimeSpan.Zero || remaining.Exists(static r => !r.IsOutOfReach))
            {
                events.RemovalWaits(source, state, remaining);
                return ReconcileResult.RequeueAfter(patience > TimeSpan.Zero && patience < Recheck ? patience : Recheck);
            }

            await PutOffAsync(source, remaining, options, cancellationToken);
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
    public async Task<ReconcileResult> ReleaseStraysAsync(NamespacedName key, string? keptUid, CancellationToken cancellationToken)
    {
        var target = type.TargetOf(key);
        var pending = await TakeWantedAsync(target, cancellationToken);
        var state = states.For(key, "");
        var settled = new List<PendingRemoval>();
        var waits = false;
        lock (state.Gate)
        {
            foreach (var cluster in services.Clusters.Clusters.Values)
            {
                var removal = pending.FirstOrDefault(r => r.Spec.ClusterName == cluster.Name);
                if (!decider.CanSee(cluster))
                {
                    // The return of the cluster brings the object again.
                    continue;
                }

                var waitsHere = Release(cluster, target, state, keptUid, removal);
                waits |= waitsHere;
                if (removal is not null && !waitsHere)
                {
                    settled.Add(removal);
                }
            }
        }

        foreach (var removal in settled)
        {
            await services.Removals.ForgetAsync(removal, cancellationToken);
        }

        if (waits)
        {
            return ReconcileResult.RequeueAfter(Recheck);
        }

        states.Remove(key);
        services.Versions.Forget(VersionKey.Of(type.TargetKind.Kind, key));
        return ReconcileResult.Done;
    }

    /// <summary>
    /// Forgets the remembered removals of an object that is there again, as far as it is in order: what the clusters hold is its own.
    /// </summary>
    public async Task SettleAsync(FederatedObject source, ObjectState state, PlacementDecision placement, IReadOnlyList<ClusterResult> reports, CancellationToken cancellationToken)
    {
        foreach (var removal in services.Removals.Of(type.Name, type.TargetOf(source.Source.Key)))
        {
            var cluster = removal.Spec.ClusterName;
            var isSettled = !services.IsRegistered(cluster) || (placement.Selects(cluster)
                ? reports.Any(r => r.Cluster == cluster && r.Status == PropagationStatus.Ok)
                : !MayHold(cluster, source.Source.Key, state));
            if (isSettled)
            {
                await services.Removals.ForgetAsync(removal, cancellationToken);
            }
        }
    }

    /// <summary>Does what is left to do about an object in a cluster that can be looked at; returns whether something still is.</summary>
    private bool Release(ClusterView cluster, NamespacedName target, ObjectState state, string? keptUid, PendingRemoval? removal)
    {
        var copy = caches.Find(cluster.Name)?.Get(target);
        if (copy is null && removal is not null)
        {
            return LooksFor(cluster, target, state, keptUid);
        }

        if (copy is null || !ClusterDecider.IsOurs(copy))
        {
            return false;
        }

        var removes = removal is not null && PendingRemovals.IsAbout(removal, copy.Metadata);
        if (copy.Metadata.IsDeleting)
        {
            return removes;
        }

        var options = removes ? DeleteOptionsOf(removal!.Spec) : null;
        return decider.Unselected(cluster, target, state, keptUid, orphan: !removes, options).Kind != VerdictKind.None;
    }

    /// <summary>The watch of a cluster that was away may not have caught up: only the cluster itself can say that it holds nothing.</summary>
    private bool LooksFor(ClusterView cluster, NamespacedName target, ObjectState state, string? keptUid)
    {
        var entry = state.Cluster(cluster.Name);
        if (!entry.IsCertain)
        {
            entry.Doubt();
        }

        return decider.Unselected(cluster, target, state, keptUid).Kind != VerdictKind.None;
    }

    /// <summary>The remembered removals of an object that are still on the host and of registered clusters; others are forgotten.</summary>
    private async Task<List<PendingRemoval>> TakeWantedAsync(NamespacedName target, CancellationToken cancellationToken)
    {
        var wanted = new List<PendingRemoval>();
        foreach (var removal in services.Removals.Of(type.Name, target))
        {
            var isReachable = services.Clusters.Get(removal.Spec.ClusterName) is { } cluster && decider.CanSee(cluster);
            if (!services.IsRegistered(removal.Spec.ClusterName)
                || (isReachable && !await services.Removals.IsStillWantedAsync(removal, cancellationToken)))
            {
                await services.Removals.ForgetAsync(removal, cancellationToken);
            }
            else
            {
                wanted.Add(removal);
            }
        }

        return wanted;
    }

    /// <summary>How long clusters that cannot be reached are still waited for.</summary>
    private TimeSpan PatienceWith(FederatedObject source) =>
        source.Metadata.DeletionTimestamp!.Value + services.Settings.UnreachableDeletionTimeout - services.Time.GetUtcNow();

    /// <summary>Remembers what remains to be removed. Copies that are to be left behind only lose their label, as strays do.</summary>
    private async Task PutOffAsync(FederatedObject source, List<Remainder> remaining, DeleteOptions? options, CancellationToken cancellationToken)
    {
        if (source.IsOrphaning)
        {
            return;
        }

        foreach (var remainder in remaining)
        {
            var spec = new PendingRemovalSpec
            {
                ClusterName = remainder.Cluster,
                ObjectUid = remainder.Uid,
                Since = services.Time.GetUtcNow(),
                PropagationPolicy = options is null or { PropagationPolicy: PropagationPolicy.Unset } ? null : options.PropagationPolicy.ToString(),
                GracePeriodSeconds = options?.GracePeriodSeconds,
            };
            await services.Removals.RememberAsync(type.Name, type.TargetOf(source.Source.Key), spec, cancellationToken);
        }

        events.RemovalPutOff(source, remaining, services.Settings.UnreachableDeletionTimeout);
    }

    private static DeleteOptions DeleteOptionsOf(PendingRemovalSpec spec) => new()
    {
        GracePeriodSeconds = spec.GracePeriodSeconds,
        PropagationPolicy = Enum.TryParse<PropagationPolicy>(spec.PropagationPolicy, out var policy) ? policy : PropagationPolicy.Unset,
    };

    /// <summary>The UID of a cluster's copy as far as it is certain, or null.</summary>
    private string? UidIn(string cluster, NamespacedName target, ObjectState state, RecordedVersions? recorded)
    {
        var entry = state.Clusters.GetValueOrDefault(cluster);
        if (entry is { MayExist: true })
        {
            return null;
        }

        return entry?.Uid is { Length: > 0 } uid ? uid
            : recorded?.Status.Find(cluster)?.Uid ?? caches.Find(cluster)?.Get(target)?.Metadata.Uid;
    }

    /// <summary>Hands out what is to be removed and returns where something remains, with the reason.</summary>
    private List<Remainder> Remove(FederatedObject source, ObjectState state, string? keptUid, DeleteOptions? options)
    {
        var key = source.Source.Key;
        var target = type.TargetOf(key);
        var recorded = services.Versions.Get(VersionKey.Of(type.TargetKind.Kind, key), source.Metadata.Uid);
        var remaining = new List<Remainder>();
        lock (state.Gate)
        {
            foreach (var cluster in services.Clusters.Clusters.Values)
            {
                var verdict = decider.Unselected(cluster, target, state, keptUid, source.IsOrphaning, options);
                if (verdict.Kind != VerdictKind.None && MayHold(cluster, verdict, target, state, recorded))
                {
                    remaining.Add(new Remainder(
                        cluster.Name,
                        verdict.Message.Length > 0 ? verdict.Message : verdict.Status,
                        verdict is { Kind: VerdictKind.Report, Status: PropagationStatus.ClusterNotReady or PropagationStatus.CachedRetrievalFailed },
                        UidIn(cluster.Name, target, state, recorded)));
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
        || services.Removals.Find(type.Name, target, cluster.Name) is not null
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

    /// <summary>A cluster that still holds a copy, or may.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Why">What it waits for, for a person.</param>
    /// <param name="IsOutOfReach">Whether it cannot be looked at.</param>
    /// <param name="Uid">The copy's UID, where it is known.</param>
    internal readonly record struct Remainder(string Cluster, string Why, bool IsOutOfReach, string? Uid);
}
