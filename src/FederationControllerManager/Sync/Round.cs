using System.Text.Json;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Statuses;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>What one pass over the clusters found.</summary>
internal sealed class Round
{
    private readonly List<ClusterResult> _reports = [];

    /// <summary>The entries of the status, by cluster.</summary>
    public IReadOnlyList<ClusterResult> Reports => _reports;

    /// <summary>Whether something is under way that the status should wait for.</summary>
    public bool HasPending { get; private set; }

    /// <summary>When to look again at the latest, or null.</summary>
    public TimeSpan? Wait { get; private set; }

    /// <summary>Adds what was found about a selected cluster, with the status of its object where that is collected.</summary>
    public void Add(string cluster, ClusterVerdict verdict, JsonElement? remoteStatus = null)
    {
        if (verdict.LookAgainIn is { } wait && (Wait is null || wait < Wait))
        {
            Wait = wait;
        }

        if (verdict.Kind == VerdictKind.Pending)
        {
            HasPending = true;
        }
        else if (verdict.Kind == VerdictKind.Report)
        {
            _reports.Add(new ClusterResult(cluster, verdict.Status, verdict.Message.Length == 0 ? null : verdict.Message, remoteStatus));
        }
    }

    /// <summary>Adds what was found about a cluster that is not selected: one that cannot be looked at has no part in the status.</summary>
    public void AddUnselected(string cluster, ClusterVerdict verdict)
    {
        if (verdict is { Kind: VerdictKind.Report, Status: PropagationStatus.ClusterNotReady or PropagationStatus.CachedRetrievalFailed })
        {
            return;
        }

        Add(cluster, verdict);
    }
}
