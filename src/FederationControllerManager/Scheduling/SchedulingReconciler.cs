using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Scheduling.Application;
using KubeFed.FederationControllerManager.Scheduling.Planning;
using KubeFed.FederationControllerManager.Scheduling.Targets;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.FederationCore.Placements;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>
/// Makes one federated object follow its preference, or gives it back what it had when it has none any more. Level-triggered: every
/// pass plans anew from what the caches show and writes only what differs.
/// </summary>
/// <param name="preferences">The preferences; null where scheduling is off, and so no object has one.</param>
/// <param name="types">The types that preferences can be about.</param>
/// <param name="observer">What the clusters hold.</param>
/// <param name="fields">Where types keep their replicas.</param>
/// <param name="capacity">What is free in the clusters.</param>
/// <param name="targets">The federated objects.</param>
/// <param name="statuses">The preferences' status.</param>
/// <param name="events">What users are told.</param>
/// <param name="services">What all controllers stand on.</param>
/// <param name="metrics">What is counted, or null.</param>
internal sealed class SchedulingReconciler(
    IResourceStore? preferences,
    ScheduledTypes types,
    ClusterObserver observer,
    ReplicasFieldSource fields,
    CapacityUse capacity,
    ScheduleApplier targets,
    SchedulingStatusWriter statuses,
    SchedulingEvents events,
    SyncServices services,
    SchedulingMetrics? metrics) : IReconciler<NamespacedName>
{
    private static readonly TimeSpan UnsyncedRecheck = TimeSpan.FromSeconds(1);

    /// <summary>Until then a write that met a newer version waits for the watch to show it.</summary>
    private static readonly TimeSpan ConflictRecheck = TimeSpan.FromMilliseconds(500);

    public async Task<ReconcileResult> ReconcileAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        try
        {
            return preferences?.Get(key) is { Metadata.IsDeleting: false } stored
                ? await FollowAsync(stored, cancellationToken)
                : await ReleaseAsync(key, kept: null, cancellationToken);
        }
        catch (StatusException e) when (e.IsConflict)
        {
            return ReconcileResult.RequeueAfter(ConflictRecheck);
        }
    }

    private async Task<ReconcileResult> FollowAsync(KubeObject stored, CancellationToken cancellationToken)
    {
        var preference = stored.Deserialize(FederationJsonContext.Default.ReplicaSchedulingPreference);
        var before = statuses.Newest(preference);
        var type = types.FindKind(preference.Spec.TargetKind);
        await ReleaseAsync(stored.Key, kept: type, cancellationToken);
        if (type is { HasSynced: false } || types.Namespaces is { HasSynced: false })
        {
            return ReconcileResult.RequeueAfter(UnsyncedRecheck);
        }

        var subject = new Subject(stored, preference, before);
        try
        {
            return await ScheduleAsync(subject, type, cancellationToken);
        }
        catch (StatusException e) when (!e.IsConflict)
        {
            await FailAsync(subject, SchedulingReasons.ApplyFailed, $"{preference.Spec.TargetKind} \"{stored.Key}\" cannot be changed: {e.Message}", cancellationToken);
            throw;
        }
    }

    private async Task<ReconcileResult> ScheduleAsync(Subject subject, ScheduledType? type, CancellationToken cancellationToken)
    {
        var spec = subject.Preference.Spec;
        if (type is null)
        {
            return await FailAsync(
                subject, SchedulingReasons.TargetKindNotFederated, $"no type with objects in namespaces is federated as {spec.TargetKind}: see kubectl get federatedtypeconfigs, and kubefedctl enable", cancellationToken);
        }

        if (type.Store.Get(subject.Stored.Key) is not { Metadata.IsDeleting: false } target)
        {
            return await FailAsync(subject, SchedulingReasons.TargetNotFound, $"there is no {spec.TargetKind} \"{subject.Stored.Key}\"", cancellationToken);
        }

        if (FindInvalid(spec) is { } invalid)
        {
            return await FailAsync(subject, SchedulingReasons.InvalidPreference, invalid, cancellationToken);
        }

        var source = FederatedObject.Read(target);
        if (await fields.FindAsync(type.Type, source, cancellationToken) is not { } field)
        {
            return await FailAsync(
                subject, SchedulingReasons.NoReplicasField, $"the template of {spec.TargetKind} \"{subject.Stored.Key}\" has no number of replicas that is known", cancellationToken);
        }

        var candidates = FindCandidates(source, spec);
        return candidates.Reason is { } reason
            ? await FailAsync(subject, reason, candidates.Message!, cancellationToken)
            : await PlanAsync(subject, new Target(type, source, field), candidates, cancellationToken);
    }

    private async Task<ReconcileResult> PlanAsync(Subject subject, Target target, Candidates candidates, CancellationToken cancellationToken)
    {
        var key = subject.Stored.Key;
        var workloads = target.Type.Use(key);
        var observed = await observer.ObserveAsync(workloads, target.Type.Type.TargetOf(key), target.Field, cancellationToken);
        if (!observed.IsComplete)
        {
            return ReconcileResult.RequeueAfter(UnsyncedRecheck);
        }

        var now = services.Time.GetUtcNow();
        var applied = AppliedSchedule.Read(target.Source) ?? AppliedSchedule.None;
        var shares = new JobSchedule(target.Source, target.Field, applied);
        var clusters = SchedulableClusters.Of(
            observed.Clusters, shares.Limit(candidates.Names), Placed(target.Source), applied, target.Field.Path, subject.Preference.Spec, subject.Before, now);
        if (capacity.For(key, subject.Preference.Spec, target.Source) is { } free)
        {
            clusters = [.. clusters.Select(c => c with { FreeReplicas = c.IsReady ? free(c.Name) : null })];
        }

        var decision = Scheduler.Decide(new SchedulingInput(key, subject.Preference.Spec, subject.Before, clusters, now));
        await ApplyAsync(subject, target, decision, shares, cancellationToken);
        var status = SchedulingStatuses.Of(subject.Before, subject.Preference.Spec, subject.Stored.Metadata.Generation, decision, now);
        await WriteStatusAsync(subject, status, cancellationToken);
        return Earliest(decision.RecheckAfter, observed.RecheckAfter) is { } wait ? ReconcileResult.RequeueAfter(wait) : ReconcileResult.Done;
    }

    private async Task ApplyAsync(Subject subject, Target target, SchedulingDecision decision, JobSchedule shares, CancellationToken cancellationToken)
    {
        var schedule = shares.ToSchedule(decision);
        if (schedule.Placed.Count == 0 || await targets.ApplyAsync(target.Type.Type, target.Source, schedule, cancellationToken) is null)
        {
            return;
        }

        metrics?.Moved(decision.Moved);
        events.Applied(subject.Stored, SchedulingStatuses.Describe(decision));
    }

    /// <summary>Gives back what schedules set on the objects of a name, but for those of a type that a preference is still about.</summary>
    private async Task<ReconcileResult> ReleaseAsync(NamespacedName key, ScheduledType? kept, CancellationToken cancellationToken)
    {
        foreach (var type in types.All.Where(t => t != kept))
        {
            type.Leave(key);
            if (type.Store.Get(key) is { Metadata.IsDeleting: false } stored && FederatedObject.Read(stored) is var source && AppliedSchedule.Read(source) is not null)
            {
                await targets.ReleaseAsync(type.Type, source, cancellationToken);
            }
        }

        if (kept is null)
        {
            capacity.Leave(key);
            observer.Forget(key);
            statuses.Forget(key);
        }

        return ReconcileResult.Done;
    }

    private async Task<ReconcileResult> FailAsync(Subject subject, string reason, string message, CancellationToken cancellationToken)
    {
        await WriteStatusAsync(
            subject, SchedulingStatuses.Failed(subject.Before, subject.Stored.Metadata.Generation, reason, message, services.Time.GetUtcNow()), cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task WriteStatusAsync(Subject subject, ReplicaSchedulingPreferenceStatus status, CancellationToken cancellationToken)
    {
        if (await statuses.WriteAsync(subject.Stored.Key, subject.Before, status, cancellationToken))
        {
            events.Tell(subject.Stored, subject.Before, status);
        }
    }

    private Candidates FindCandidates(FederatedObject source, ReplicaSchedulingPreferenceSpec spec)
    {
        var registered = services.Clusters.Clusters.Values.Select(static c => new PlacementCluster(c.Name, c.Labels)).ToArray();
        var gate = types.Namespaces?.Store.Get(new NamespacedName(source.Metadata.Namespace, source.Metadata.Namespace));
        var federatedNamespace = gate is null or { Metadata.IsDeleting: true } ? null : FederatedObject.Read(gate);
        return Candidates.Find(source, federatedNamespace, registered, services.Settings.Placement, spec.IntersectWithClusterSelector);
    }

    private static string? FindInvalid(ReplicaSchedulingPreferenceSpec spec)
    {
        for (var i = 0; i < spec.Overflow.Count; i++)
        {
            var path = FieldPath.Root("spec").Child("overflow").Index(i).Child("clusterSelector");
            if (spec.Overflow[i].ClusterSelector?.Validate(path) is { Count: > 0 } errors)
            {
                return errors.ToString();
            }
        }

        return null;
    }

    private static HashSet<string> Placed(FederatedObject source) => new(source.Placement.Clusters ?? [], StringComparer.Ordinal);

    private static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => one is null ? other : other is null || one < other ? one : other;

    private sealed record Subject(KubeObject Stored, ReplicaSchedulingPreference Preference, ReplicaSchedulingPreferenceStatus Before);
}
