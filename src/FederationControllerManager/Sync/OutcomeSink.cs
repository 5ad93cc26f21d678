using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Versions;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>Files the outcomes of requests: first in the cache, so that the next pass sees them, then in the object's state.</summary>
internal sealed class OutcomeSink(FederatedType type, MemberCaches caches, ObjectStates states, TimeProvider time, Action<NamespacedName> lookAgain) : IDispatchSink
{
    public void OnOutcome(string cluster, DispatchIntent intent, DispatchOutcome outcome)
    {
        var key = type.FederatedOf(intent.Key.Target);
        if (outcome.Succeeded)
        {
            NoteInCache(cluster, intent, outcome);
        }

        if (states.Find(key) is not { } state)
        {
            lookAgain(key);
            return;
        }

        lock (state.Gate)
        {
            File(cluster, intent, outcome, state);
            if (state.HasOutstanding)
            {
                return;
            }
        }

        lookAgain(key);
    }

    private void NoteInCache(string cluster, DispatchIntent intent, DispatchOutcome outcome)
    {
        if (caches.Find(cluster) is not { } cache)
        {
            return;
        }

        if (outcome.Object is { } written && intent.Action != DispatchAction.RemoveManagedLabel)
        {
            cache.NoteWritten(intent.Key.Target, written);
        }
        else
        {
            cache.NoteDeleted(intent.Key.Target, intent.ContentHash);
        }
    }

    private void File(string cluster, DispatchIntent intent, DispatchOutcome outcome, ObjectState state)
    {
        var entry = state.Cluster(cluster);
        var isCurrent = ReferenceEquals(entry.Outstanding, intent);
        if (outcome.Succeeded)
        {
            Remember(entry, cluster, intent, outcome);
            state.AddNews(new PropagationNews(Reason(intent), cluster, ""));
            if (isCurrent)
            {
                entry.Succeed();
            }
        }
        else if (isCurrent)
        {
            var repeated = entry.Failure?.IsOf(intent) == true && entry.Failure.Message == outcome.Message;
            entry.Fail(intent, outcome, time.GetTimestamp(), time);
            if (!repeated && outcome.Result is not DispatchResult.Failed)
            {
                state.AddNews(new PropagationNews(Reason(intent) + EventReasons.FailedSuffix, cluster, outcome.Message));
            }
        }
    }

    private static void Remember(ClusterState entry, string cluster, DispatchIntent intent, DispatchOutcome outcome)
    {
        if (intent.Action is DispatchAction.Apply or DispatchAction.Create && outcome.Object is { } written)
        {
            entry.Version = new ClusterObjectVersion
            {
                ClusterName = cluster,
                Version = ObjectVersion.Of(written.Metadata),
                AppliedHash = intent.ContentHash,
            };
        }
        else
        {
            entry.Version = null;
        }
    }

    private static string Reason(DispatchIntent intent) => intent.Action switch
    {
        DispatchAction.Delete => EventReasons.DeleteInCluster,
        DispatchAction.RemoveManagedLabel => EventReasons.RemoveManagedLabelFromInCluster,
        _ when intent.Exists => EventReasons.UpdateInCluster,
        _ => EventReasons.CreateInCluster,
    };
}
