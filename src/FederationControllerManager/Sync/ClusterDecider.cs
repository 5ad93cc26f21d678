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
internal sealed class ClusterDecider(FederatedType type, SyncSettings settings, MemberCaches caches, IDispatchSink sink, TimeProvider time)
{
    /// <summary>A cluster that must hold the object.</summary>
    public ClusterVerdict Selected(ClusterView cluster, NamespacedName target, ObjectState state, DesiredObjectBuilder desired, RecordedVersions? recorded)
    {
        if (!TryReach(cluster, out var member, out var cache, out var obstacle))
        {
            return obstacle;
        }

        var copy = cache.Get(target);
        if (copy is not null && IsOptedOut(copy))
        {
            return ClusterVerdict.Report(PropagationStatus.ManagedLabelFalse, $"the object is labelled {FederationLabels.Managed}=false in the cluster");
        }

        if (copy is { Metadata.IsDeleting: true })
        {
            return ClusterVerdict.Report(PropagationStatus.WaitingForRemoval, "the object is being deleted in the cluster; it is made anew when it is gone");
        }

        var wanted = desired.Build(cluster.Name);
        if (!wanted.IsOk)
        {
            return ClusterVerdict.Report(wanted.Status, wanted.Error);
        }

        var entry = state.Cluster(cluster.Name);
        var version = entry.Version ?? recorded?.Status.Find(cluster.Name);
        if (entry.Outstanding is null && copy is not null && !UpdateDecision.NeedsUpdate(version, wanted.Object, copy.Metadata))
        {
            entry.Version = version;
            entry.ForgetFailure();
            return ClusterVerdict.Report(PropagationStatus.Ok);
        }

        return HandOut(member, entry, Apply(target, wanted.Object, copy));
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
            return obstacle;
        }

        var copy = cache.Get(target);
        var entry = state.Clusters.GetValueOrDefault(cluster.Name);
        if (copy is null || IsOptedOut(copy))
        {
            // A write that has been sent may still make a copy: what becomes of it is decided when the answer is there.
            return entry?.Outstanding is { Action: DispatchAction.Apply or DispatchAction.Create } ? Pending(entry) : ClusterVerdict.None;
        }

        var keeps = orphan || (keptUid is not null && copy.Metadata.Uid == keptUid);
        if (copy.Metadata.IsDeleting && !keeps)
        {
            return ClusterVerdict.Report(PropagationStatus.WaitingForRemoval);
        }

        return HandOut(member, state.Cluster(cluster.Name), keeps ? RemoveLabel(target, copy) : Delete(target, copy, deleteOptions));
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
            obstacle = ClusterVerdict.Report(PropagationStatus.ClusterNotReady, cluster.Message);
            return false;
        }

        if (cache is { HasSynced: true })
        {
            return true;
        }

        obstacle = cache is { LastError: { } error }
            ? ClusterVerdict.Report(PropagationStatus.CachedRetrievalFailed, $"{type.Target.GroupResource} cannot be watched in the cluster: {error.Message}")
            : ClusterVerdict.Pending(settings.StatusGrace);
        return false;
    }

    private ClusterVerdict HandOut(Member member, ClusterState entry, DispatchIntent intent)
    {
        var now = time.GetTimestamp();
        if (entry.Outstanding is { } outstanding && outstanding.Action == intent.Action && outstanding.ContentHash == intent.ContentHash)
        {
            return Pending(entry);
        }

        if (entry.Failure is { } failure && failure.IsOf(intent) && now < failure.RetryAt)
        {
            return Waiting(entry, failure, now);
        }

        entry.HandOut(intent, now);
        member.Dispatcher.Submit(intent);
        return Pending(entry);
    }

    private ClusterVerdict Pending(ClusterState entry)
    {
        var elapsed = time.GetElapsedTime(entry.Since);
        if (elapsed < settings.StatusGrace)
        {
            return ClusterVerdict.Pending(settings.StatusGrace - elapsed);
        }

        if (entry.Failure is { } failure)
        {
            return ClusterVerdict.Report(failure.Status, failure.Message);
        }

        var intent = entry.Outstanding!;
        return ClusterVerdict.Report(
            FailedIntent.StatusOf(intent.Action, intent.Exists, DispatchResult.TimedOut),
            "the cluster has not answered yet",
            lookAgainIn: TimeSpan.FromSeconds(10));
    }

    private ClusterVerdict Waiting(ClusterState entry, FailedIntent failure, long now)
    {
        var retryIn = time.GetElapsedTime(now, failure.RetryAt);
        var elapsed = time.GetElapsedTime(entry.Since);

        // What is likely to pass at once, such as a namespace that is just being made, is not worth a status write.
        return failure.Result == DispatchResult.Failed && elapsed < settings.StatusGrace
            ? ClusterVerdict.Pending(retryIn < settings.StatusGrace ? retryIn : settings.StatusGrace)
            : ClusterVerdict.Report(failure.Status, failure.Message, retryIn);
    }

    private DispatchIntent Apply(NamespacedName target, DesiredObject wanted, KubeObject? copy) => new()
    {
        Key = new DispatchKey(type.Name, target),
        Resource = wanted.Kind.GroupVersion.WithResource(type.Target.Resource),
        Action = copy is null && !settings.AdoptResources ? DispatchAction.Create : DispatchAction.Apply,
        Body = wanted.Utf8Json,
        ContentHash = wanted.Hash,
        Exists = copy is not null,
        InitialReplicas = wanted.InitialReplicas,
        Sink = sink,
    };

    private DispatchIntent Delete(NamespacedName target, KubeObject copy, DeleteOptions? options) => new()
    {
        Key = new DispatchKey(type.Name, target),
        Resource = type.Target,
        Action = DispatchAction.Delete,
        ContentHash = copy.Metadata.Uid ?? "",
        Exists = true,
        DeleteOptions = (options ?? new DeleteOptions()) with { PreconditionUid = copy.Metadata.Uid },
        Sink = sink,
    };

    private DispatchIntent RemoveLabel(NamespacedName target, KubeObject copy) => new()
    {
        Key = new DispatchKey(type.Name, target),
        Resource = type.Target,
        Action = DispatchAction.RemoveManagedLabel,
        ContentHash = copy.Metadata.Uid ?? "",
        Exists = true,
        Sink = sink,
    };

    private static bool IsOptedOut(KubeObject copy) =>
        copy.Metadata.Labels.TryGetValue(FederationLabels.Managed, out var value) && value == FederationLabels.ManagedFalse;
}
