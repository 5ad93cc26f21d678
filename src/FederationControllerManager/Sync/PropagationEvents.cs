using System.Globalization;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Events;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Statuses;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// Words what happened to a federated object. What happened in several clusters in one round is one event, so that the
/// host gets no event for each object and cluster.
/// </summary>
internal sealed class PropagationEvents(FederatedType type, IEventRecorder recorder)
{
    private const string Action = "Propagate";

    /// <summary>A warning about an object.</summary>
    public void Warn(KubeObject regarding, string reason, string message) =>
        recorder.Record(regarding, EventType.Warning, reason, Action, message);

    /// <summary>The placement cannot be computed.</summary>
    public void PlacementFailed(FederatedObject source, string error) =>
        Warn(source.Source, EventReasons.ComputePlacementFailed, $"the placement of {Subject(source)} cannot be computed: {error}");

    /// <summary>The template has finalizers, which are not propagated. Told once for each generation.</summary>
    public void FinalizersNotSupported(FederatedObject source, ObjectState state)
    {
        lock (state.Gate)
        {
            if (state.WarnedGeneration == source.Metadata.Generation)
            {
                return;
            }

            state.WarnedGeneration = source.Metadata.Generation;
        }

        Warn(source.Source, EventReasons.FinalizersNotSupported, "the template's finalizers are not propagated: a member could never remove the object");
    }

    /// <summary>A deletion waits for clusters. Told once for the same reasons.</summary>
    public void RemovalWaits(FederatedObject source, ObjectState state, IReadOnlyList<RemovalReconciler.Remainder> remaining)
    {
        var obstacles = remaining.Where(static r => r.Why.Length > 0 && r.Why != PropagationStatus.WaitingForRemoval).ToArray();
        var told = string.Join('\n', obstacles.Select(static r => $"{r.Cluster} {r.Why}"));
        lock (state.Gate)
        {
            if (state.ToldObstacles == told)
            {
                return;
            }

            state.ToldObstacles = told;
        }

        foreach (var (cluster, why, _, _) in obstacles)
        {
            Warn(source.Source, EventReasons.DeleteInCluster + EventReasons.FailedSuffix, $"{Subject(source)} cannot be removed from cluster \"{cluster}\" yet: {why}");
        }
    }

    /// <summary>A deletion no longer waits for clusters that cannot be reached.</summary>
    public void RemovalPutOff(FederatedObject source, IReadOnlyList<RemovalReconciler.Remainder> remaining, TimeSpan waited)
    {
        foreach (var remainder in remaining)
        {
            Warn(
                source.Source,
                EventReasons.DeleteInCluster + EventReasons.FailedSuffix,
                string.Create(CultureInfo.InvariantCulture, $"{Subject(source)} is not removed from cluster \"{remainder.Cluster}\" after {waited.TotalSeconds:0.###}s, so that is done when the cluster is back: {remainder.Why}"));
        }
    }

    /// <summary>Tells what a round did, and which clusters cannot be served.</summary>
    public void Tell(FederatedObject source, ObjectState state, IReadOnlyList<ClusterResult> reports)
    {
        IReadOnlyList<PropagationNews> news;
        lock (state.Gate)
        {
            news = state.TakeNews();
        }

        foreach (var group in news.Where(static n => n.Message.Length == 0).GroupBy(static n => n.Reason, StringComparer.Ordinal))
        {
            var clusters = group.Select(static n => n.Cluster).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            recorder.Record(source.Source, EventType.Normal, group.Key, Action, $"{Verb(group.Key)} {Subject(source)} in {List(clusters)}");
        }

        foreach (var failure in news.Where(static n => n.Message.Length > 0))
        {
            Warn(source.Source, failure.Reason, $"{Verb(failure.Reason)} {Subject(source)} in cluster \"{failure.Cluster}\" failed: {failure.Message}");
        }

        foreach (var report in reports)
        {
            if (ReasonOf(report.Status) is { } reason && IsNew(source, report))
            {
                Warn(source.Source, reason, $"{Subject(source)} cannot be kept in order in cluster \"{report.Cluster}\": {report.Message}");
            }
        }
    }

    /// <summary>The event of what no outcome tells, or null.</summary>
    private static string? ReasonOf(string status) => status switch
    {
        PropagationStatus.ClusterNotReady => EventReasons.ClusterNotReady,
        PropagationStatus.CachedRetrievalFailed => EventReasons.CachedRetrievalFailed,
        PropagationStatus.CreationTimedOut or PropagationStatus.UpdateTimedOut
            or PropagationStatus.DeletionTimedOut or PropagationStatus.LabelRemovalTimedOut => EventReasons.OperationTimeoutError,
        _ => null,
    };

    private static bool IsNew(FederatedObject source, ClusterResult report) =>
        source.ReadStatus().Clusters.FirstOrDefault(c => c.Name == report.Cluster)?.Status != report.Status;

    private string Subject(FederatedObject source) => $"{type.TargetKind.Kind} \"{type.TargetOf(source.Source.Key)}\"";

    private static string List(string[] clusters) =>
        clusters.Length == 1 ? $"cluster \"{clusters[0]}\"" : "clusters " + string.Join(", ", clusters.Select(static c => $"\"{c}\""));

    private static string Verb(string reason) => reason switch
    {
        _ when reason.StartsWith(EventReasons.CreateInCluster, StringComparison.Ordinal) => "Creating",
        _ when reason.StartsWith(EventReasons.UpdateInCluster, StringComparison.Ordinal) => "Updating",
        _ when reason.StartsWith(EventReasons.DeleteInCluster, StringComparison.Ordinal) => "Deleting",
        _ => "Removing the managed label of",
    };
}
