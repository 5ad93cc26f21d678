using System.Diagnostics.CodeAnalysis;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Rendering;
using KubeFed.FederationCore.Versions;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Versions;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// Decides for one object and one cluster what there is to do, and hands it out. Reads only memory; never waits.
/// </summary>
internal sealed class ClusterDecider(FederatedType type, SyncServices services, MemberCaches caches, IDispatchSink sink)
{
    private static readonly TimeSpan RecheckUnanswered = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = services.Time;

    /// <summary>A cluster that must hold the object.</summary>
    public ClusterVerdict Selected(
        ClusterView cluster, NamespacedName target, ObjectState state, FederatedObject source, DesiredObjectBuilder desired, RecordedVersions? recorded)
    {
        if (!TryReach(cluster, out var member, out var cache, out var obstacle))
        {
            return TakeBack(cluster, state, obstacle);
        }

        var copy = cache.Get(target);
        if (copy is not null && IsOptedOut(copy))
        {
            return TakeBack(cluster, state, ClusterVerdict.Report(
                PropagationStatus.ManagedLabelFalse, $"the object is labelled {FederationLabels.Managed}=false in the cluster"));
        }

        if (copy is { Metadata.IsDeleting: true })
        {
            return TakeBack(cluster, state, ClusterVerdict.Report(
                PropagationStatus.WaitingForRemoval, "the object is being deleted in the cluster; it is made anew when it is gone"));
        }

        var wanted = desired.Build(cluster.Name);
        if (!wanted.IsOk)
        {
            return TakeBack(cluster, state, ClusterVerdict.Report(wanted.Status, wanted.Error));
        }

        var entry = state.Cluster(cluster.Name);
        var version = entry.Version ?? recorded?.Status.Find(cluster.Name);
        var uid = entry.Uid.Length > 0 ? entry.Uid : version?.Uid;
        var isKnown = copy is not null && (string.IsNullOrEmpty(uid) || uid == copy.Metadata.Uid);
        if (isKnown && !UpdateDecision.NeedsUpdate(version, wanted.Object, copy!.Metadata) && IsIdle(entry, member))
        {
            entry.Version = version;
            entry.ForgetFailure();
            return ClusterVerdict.Report(PropagationStatus.Ok);
        }

        return HandOut(member, entry, Apply(target, source, wanted.Object, copy, entry, cache) with
        {
            TakesOwnership = copy is not null && version is null && !services.Settings.AdoptResources,
            IsBulk = copy is null || version is null,
        });
    }

    /// <summary>A cluster that must not hold the object.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="target">The object in it.</param>
    /// <param name="state">What is remembered of it.</param>
    /// <param name="keptUid">The UID of an object that loses its label but stays: the host's own namespace.</param>
    /// <param name="orphan">Whether every copy only loses its label.</param>
    /// <param name="deleteOptions">How to delete, or null for the type's defaults.</param>
    public ClusterVerdict Unselected(
        ClusterView cluster, NamespacedName target, ObjectState state, string? keptUid, bool orphan = false, DeleteOptions? deleteOptions = null)
    {
        if (!TryReach(cluster, out var member, out var cache, out var obstacle))
        {
            return TakeBack(cluster, state, obstacle);
        }

        var copy = cache.Get(target);
        var entry = state.Clusters.GetValueOrDefault(cluster.Name);
        if (copy is null || !IsOurs(copy))
        {
            return WithoutCopy(cluster, member, cache, target, state, entry, isForeign: copy is not null);
        }

        var keeps = orphan || (keptUid is not null && copy.Metadata.Uid == keptUid);
        if (copy.Metadata.IsDeleting && !keeps)
        {
            return TakeBack(cluster, state, ClusterVerdict.Report(PropagationStatus.WaitingForRemoval));
        }

        var intent = keeps ? RemoveLabel(target, copy, cache) : Delete(target, copy, cache, deleteOptions);
        return HandOut(member, state.Cluster(cluster.Name), intent);
    }

    /// <summary>Whether a cluster can be looked at now.</summary>
    public bool CanSee(ClusterView cluster) => TryReach(cluster, out _, out _, out _);

    /// <summary>Whether an object in a member carries the managed label.</summary>
    public static bool IsOurs(KubeObject copy) =>
        copy.Metadata.Labels.TryGetValue(FederationLabels.Managed, out var value) && value == FederationLabels.ManagedTrue;

    /// <summary>The cache shows no copy of ours. A write that was sent may still make one, or have made one unheard.</summary>
    private ClusterVerdict WithoutCopy(
        ClusterView cluster, Member member, MemberObjectCache cache, NamespacedName target, ObjectState state, ClusterState? entry, bool isForeign)
    {
        TakeBack(cluster, state, ClusterVerdict.None);
        if (entry is null || isForeign)
        {
            return ClusterVerdict.None;
        }

        if (entry.Outstanding is not null)
        {
            return Pending(entry, member);
        }

        return entry.MayExist ? HandOut(member, entry, Verify(target, cache)) : ClusterVerdict.None;
    }

    /// <summary>Takes back a request that has not begun: what it was for no longer holds.</summary>
    private static ClusterVerdict TakeBack(ClusterView cluster, ObjectState state, ClusterVerdict verdict)
    {
        if (state.Clusters.GetValueOrDefault(cluster.Name) is { Outstanding: { } intent } entry
            && cluster.Member?.Dispatcher.TryWithdraw(intent) == true)
        {
            entry.TakeBack();
        }

        return verdict;
    }

    /// <summary>Whether nothing is under way; a request that has not begun is taken back.</summary>
    private static bool IsIdle(ClusterState entry, Member member)
    {
        if (entry.Outstanding is { } intent && member.Dispatcher.TryWithdraw(intent))
        {
            entry.TakeBack();
        }

        return entry.Outstanding is null;
    }

    /// <summary>Whether a cluster can be looked at and written to now; if not, what there is to say.</summary>
    private bool TryReach(
        ClusterView cluster,
        [NotNullWhen(true)] out Member? member,
        [NotNullWhen(true)] out MemberObjectCache? cache,
        out ClusterVerdict obstacle)
    {
        member = cluster.IsReady ? cluster.Member : null;
        cache = member is null ? null : caches.Get(member);
        obstacle = ClusterVerdict.None;
        if (member is null)
        {
            obstacle = ClusterVerdict.Report(
                PropagationStatus.ClusterNotReady, cluster.Member is null ? cluster.Message : "the cluster is not ready; its KubeFedCluster says why");
            return false;
        }

        if (cache is { HasSynced: true, IsStale: false })
        {
            return true;
        }

        obstacle = cache is { LastError: { } error }
            ? ClusterVerdict.Report(PropagationStatus.CachedRetrievalFailed, $"{type.Target.GroupResource} cannot be watched in the cluster: {error.Message}")
            : NotListedYet(cache?.Age ?? TimeSpan.Zero);
        return false;
    }

    private ClusterVerdict NotListedYet(TimeSpan age) => age < services.Settings.StatusGrace
        ? ClusterVerdict.Pending(services.Settings.StatusGrace - age)
        : ClusterVerdict.Report(PropagationStatus.CachedRetrievalFailed, $"{type.Target.GroupResource} of the cluster are being listed");

    private ClusterVerdict HandOut(Member member, ClusterState entry, DispatchIntent intent)
    {
        var now = _time.GetTimestamp();
        if (entry.Outstanding is { } outstanding && outstanding.Action == intent.Action && outstanding.ContentHash == intent.ContentHash)
        {
            return Pending(entry, member);
        }

        if (entry.Failure is { } failure && failure.IsOf(intent) && now < failure.RetryAt)
        {
            return Waiting(entry, failure, now);
        }

        if (entry.Outstanding is { } earlier && !member.Dispatcher.TryWithdraw(earlier))
        {
            // It has begun: what it makes is there even if this one is taken back.
            entry.Doubt(earlier);
        }

        entry.HandOut(intent, now);
        member.Dispatcher.Submit(intent);
        return Pending(entry, member);
    }

    private ClusterVerdict Pending(ClusterState entry, Member member)
    {
        var intent = entry.Outstanding!;
        var settings = services.Settings;
        var begunAt = intent.BegunAt;
        var obstacle = begunAt == 0 ? member.Dispatcher.Obstacle : null;
        var (since, grace) = entry.Failure is not null || obstacle is not null ? (entry.Since, settings.StatusGrace)
            : begunAt != 0 ? (begunAt, settings.StatusGrace)
            : (entry.Since, settings.QueueGrace);
        var elapsed = _time.GetElapsedTime(since);
        if (elapsed < grace)
        {
            return ClusterVerdict.Pending(grace - elapsed);
        }

        return entry.Failure is { } failure
            ? ClusterVerdict.Report(failure.Status, failure.Message, RecheckUnanswered)
            : ClusterVerdict.Report(
                FailedIntent.StatusOf(intent.Action, intent.Exists, DispatchResult.TimedOut),
                begunAt != 0 ? "the cluster has not answered yet" : obstacle ?? "the request waits for its turn: many others to the cluster are before it",
                RecheckUnanswered);
    }

    private ClusterVerdict Waiting(ClusterState entry, FailedIntent failure, long now)
    {
        var grace = services.Settings.StatusGrace;
        var retryIn = _time.GetElapsedTime(now, failure.RetryAt);
        var elapsed = _time.GetElapsedTime(entry.Since);

        // What is likely to pass at once, such as a namespace that is just being made, is not worth a status write.
        return failure.Result == DispatchResult.Failed && elapsed < grace
            ? ClusterVerdict.Pending(retryIn < grace ? retryIn : grace)
            : ClusterVerdict.Report(failure.Status, failure.Message, retryIn);
    }

    private DispatchIntent Apply(
        NamespacedName target, FederatedObject source, DesiredObject wanted, KubeObject? copy, ClusterState entry, MemberObjectCache cache) =>
        Intent(copy is null && !services.Settings.AdoptResources ? DispatchAction.Create : DispatchAction.Apply, target, copy, cache) with
        {
            Resource = wanted.Kind.GroupVersion.WithResource(type.Target.Resource),
            Body = wanted.Utf8Json,
            ContentHash = wanted.Hash,
            InitialReplicas = copy is null || entry.Failure is { Existed: false } ? wanted.InitialReplicas : null,
            RetainsReplicas = source.RetainReplicas,
        };

    private DispatchIntent Delete(NamespacedName target, KubeObject copy, MemberObjectCache cache, DeleteOptions? options) =>
        Intent(DispatchAction.Delete, target, copy, cache) with
        {
            ContentHash = $"{copy.Metadata.Uid} {options?.PropagationPolicy} {options?.GracePeriodSeconds}",
            DeleteOptions = (options ?? new DeleteOptions()) with { PreconditionUid = copy.Metadata.Uid },
            IsBulk = true,
        };

    private DispatchIntent RemoveLabel(NamespacedName target, KubeObject copy, MemberObjectCache cache) =>
        Intent(DispatchAction.RemoveManagedLabel, target, copy, cache) with { ContentHash = copy.Metadata.Uid ?? "" };

    private DispatchIntent Verify(NamespacedName target, MemberObjectCache cache) => Intent(DispatchAction.Verify, target, null, cache);

    private DispatchIntent Intent(DispatchAction action, NamespacedName target, KubeObject? copy, MemberObjectCache cache) => new()
    {
        Key = new DispatchKey(type.Name, target),
        Resource = type.Target,
        Action = action,
        Exists = copy is not null,
        TargetUid = copy?.Metadata.Uid ?? "",
        TargetVersion = copy?.Metadata.ResourceVersion ?? "",
        Cache = cache,
        Sink = sink,
    };

    private static bool IsOptedOut(KubeObject copy) =>
        copy.Metadata.Labels.TryGetValue(FederationLabels.Managed, out var value) && value == FederationLabels.ManagedFalse;
}
