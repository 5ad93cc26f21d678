using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Scheduling.Targets;
using KubeFed.FederationControllerManager.Scheduling.Workloads;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>Reads from the caches what a plan is made from. Members are asked only for pending pods of workloads that lack replicas.</summary>
internal sealed class ClusterObserver(SyncServices services, IResourceStore kubeFedClusters)
{
    /// <summary>How long a plan waits for the list of a ready cluster that has just come.</summary>
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(10);

    /// <summary>When replicas are looked at again that are missing without a reason that is known yet.</summary>
    private static readonly TimeSpan PendingRecheck = TimeSpan.FromSeconds(20);

    private readonly PendingPods _pods = new(services.Time);

    /// <summary>Observes all clusters for one workload.</summary>
    public async Task<ClusterObservations> ObserveAsync(
        WorkloadCaches workloads, NamespacedName target, ReplicasField field, CancellationToken cancellationToken)
    {
        var result = new List<ClusterObservation>();
        var isComplete = true;
        TimeSpan? recheck = null;
        foreach (var cluster in services.Clusters.Clusters.Values)
        {
            var store = workloads.Find(cluster.Name, out var age);
            isComplete &= store is not null || !cluster.IsReady || age >= ListPatience;
            var value = store?.Get(target);
            var workload = value is null ? null : Workload.Read(value, field);
            var pending = default(PendingCount);
            if (cluster is { IsReady: true, Member: { } member } && workload is { } present && present.Ready < present.Replicas)
            {
                pending = await _pods.CountAsync(member, value!, cancellationToken);
                recheck = Earlier(recheck, pending.RecheckAfter ?? PendingRecheck);
            }

            result.Add(new ClusterObservation
            {
                Name = cluster.Name,
                Labels = cluster.Labels,
                IsReady = cluster.IsReady,
                Since = SinceWhen(cluster),
                IsListed = store is not null,
                Workload = workload,
                Unschedulable = pending.Unschedulable,
            });
        }

        return new ClusterObservations(result, isComplete, recheck);
    }

    /// <summary>Forgets a workload.</summary>
    public void Forget(NamespacedName target) => _pods.Forget(target);

    /// <summary>Since when a cluster has been ready or not, as its status says; it survives a restart of this process.</summary>
    private DateTimeOffset SinceWhen(ClusterView cluster)
    {
        var now = services.Time.GetUtcNow();
        if (kubeFedClusters.Get(new NamespacedName(services.Settings.FederationNamespace, cluster.Name)) is not { } stored)
        {
            return now;
        }

        try
        {
            var ready = stored.Deserialize(FederationJsonContext.Default.KubeFedCluster).Status?.Conditions.FirstOrDefault(static c => c.Type == ClusterConditionTypes.Ready);
            return ready is not null && ready.Status == ConditionStatus.True == cluster.IsReady ? ready.LastTransitionTime ?? stored.Metadata.CreationTimestamp ?? now : now;
        }
        catch (KubeObjectFormatException)
        {
            return now;
        }
    }

    private static TimeSpan Earlier(TimeSpan? one, TimeSpan other) => one < other ? one.Value : other;
}
