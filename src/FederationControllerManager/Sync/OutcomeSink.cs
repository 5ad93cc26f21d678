using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Versions;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>Files the outcomes of requests: first in the cache, so that the next pass sees them, then in the object's state.</summary>
internal sealed class OutcomeSink(FederatedType type, ObjectStates states, TimeProvider time, Action<NamespacedName> lookAgain) : IDispatchSink
{
    private const string Unseen =
        "the cluster confirms the object, but does not show it as it was applied: something there takes away the label " + FederationLabels.Managed
        + ", or it answers with what is not its own";

    public void OnOutcome(string cluster, DispatchIntent intent, DispatchOutcome outcome)
    {
        var key = type.FederatedOf(intent.Key.Target);
        if (outcome.Succeeded)
        {
            NoteInCache(intent, outcome);
        }

        if (states.Find(key) is not { } state)
        {
            lookAgain(key);
            return;
        }

        lock (state.Gate)
        {
            File(cluster, intent, outcome, state);
            if (outcome.Succeeded && state.HasOutstanding)
            {
                return;
            }
        }

        lookAgain(key);
    }

    private static void NoteInCache(DispatchIntent intent, DispatchOutcome outcome)
    {
        switch (intent.Action)
        {
            case DispatchAction.Apply or DispatchAction.Create when outcome.Object is { } written:
                intent.Cache.NoteWritten(intent.Key.Target, written);
                break;

            // Some servers answer a deletion with the object as it was, although it is gone.
            case DispatchAction.Delete when outcome.Object is { Metadata.IsDeleting: true } terminating:
                intent.Cache.NoteWritten(intent.Key.Target, terminating);
                break;

            case DispatchAction.Delete or DispatchAction.RemoveManagedLabel:
                intent.Cache.NoteDeleted(intent.Key.Target, intent.TargetUid);
                break;

            case DispatchAction.Verify when outcome.Object is { } found && ClusterDecider.IsOurs(found):
                intent.Cache.NoteWritten(intent.Key.Target, found);
                break;
        }
    }

    private void File(string cluster, DispatchIntent intent, DispatchOutcome outcome, ObjectState state)
    {
        var entry = state.Cluster(cluster);
        var isCurrent = ReferenceEquals(entry.Outstanding, intent);
        if (outcome.Succeeded)
        {
            var isFruitless = IsFruitless(entry, intent, outcome);
            Remember(entry, cluster, intent, outcome);
            if (isFruitless && isCurrent)
            {
                entry.Fail(intent, DispatchOutcome.Failed(DispatchResult.Failed, Unseen), time.GetTimestamp(), time);
                return;
            }

            if (intent.Action != DispatchAction.Verify && outcome.Object?.Metadata.ResourceVersion != intent.TargetVersion)
            {
                state.AddNews(new PropagationNews(Reason(intent), cluster, ""));
            }

            if (isCurrent)
            {
                entry.Succeed();
            }
        }
        else
        {
            // The member said no, or nothing was sent: then it is certain that nothing was made.
            if (outcome.Result is not (DispatchResult.Rejected or DispatchResult.AlreadyExists or DispatchResult.Throttled))
            {
                entry.Doubt(intent);
            }

            if (!isCurrent)
            {
                return;
            }

            var repeated = entry.Failure?.IsOf(intent) == true && entry.Failure.Message == outcome.Message;
            entry.Fail(intent, outcome, time.GetTimestamp(), time);
            if (!repeated && outcome.Result is not (DispatchResult.Failed or DispatchResult.Throttled))
            {
                state.AddNews(new PropagationNews(Reason(intent) + EventReasons.FailedSuffix, cluster, outcome.Message));
            }
        }
    }

    /// <summary>
    /// Whether the cluster has confirmed the very same before, and nothing has changed by saying it again: then its watch does not show what it
    /// confirms, and once more would not help.
    /// </summary>
    private static bool IsFruitless(ClusterState entry, DispatchIntent intent, DispatchOutcome outcome) =>
        intent.Action == DispatchAction.Apply
        && entry.Version?.AppliedHash == intent.ContentHash
        && entry.ResourceVersion.Length > 0
        && entry.ResourceVersion == outcome.Object?.Metadata.ResourceVersion;

    /// <summary>Keeps what is certain now: what the cluster was given, or that it holds nothing of ours.</summary>
    private static void Remember(ClusterState entry, string cluster, DispatchIntent intent, DispatchOutcome outcome)
    {
        entry.Settle();
        if (intent.Action is DispatchAction.Apply or DispatchAction.Create && outcome.Object is { } written)
        {
            entry.Uid = written.Metadata.Uid ?? "";
            entry.ResourceVersion = written.Metadata.ResourceVersion ?? "";
            entry.Version = new ClusterObjectVersion
            {
                ClusterName = cluster,
                Version = ObjectVersion.Of(written.Metadata),
                AppliedHash = intent.ContentHash,
                Uid = written.Metadata.Uid,
            };
        }
        else
        {
            entry.Version = null;
            entry.Uid = "";
            entry.ResourceVersion = "";
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
