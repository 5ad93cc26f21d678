using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Quantities;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Quotas;

/// <summary>Says in quotas how much of them is used.</summary>
internal sealed class QuotaReconciler(Cluster cluster) : ObjectReconciler(cluster, cluster.Informer(KubeResources.Quotas))
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    /// <summary>The resources whose changes wake it; others are looked at every few seconds.</summary>
    public static IReadOnlyList<GroupVersionResource> Followed { get; } =
    [
        KubeResources.Pods, KubeResources.Services, KubeResources.VolumeClaims, KubeResources.Deployments, KubeResources.ReplicaSets,
        KubeResources.StatefulSets, KubeResources.DaemonSets, KubeResources.Jobs, KubeResources.CronJobs, KubeResources.Ingresses,
    ];

    /// <summary>The quotas of the namespace of an object.</summary>
    public static IEnumerable<NamespacedName> Around(IInformer quotas, KubeObject item) =>
        quotas.Store.InNamespace(item.Metadata.Namespace).Select(static quota => quota.Key);

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        if (value.Metadata.IsDeleting || value.GetNode("spec") is not JsonObject spec)
        {
            return ReconcileResult.Done;
        }

        var hard = spec["hard"] as JsonObject ?? [];
        var resources = hard.Select(static entry => QuotaUsage.ResourceOf(entry.Key)).Distinct().ToList();
        var used = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            foreach (var item in await ReadAsync(resource, value.Metadata.Namespace, cancellationToken))
            {
                var root = item.ToNode();
                QuotaUsage.Add(used, QuotaScopes.Choose(spec, resource, root) ? QuotaUsage.Of(resource, root) : []);
            }
        }

        var status = new JsonObject
        {
            ["hard"] = hard.DeepClone(),
            ["used"] = new JsonObject(hard.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)used.GetValueOrDefault(entry.Key).ToString()))),
        };
        if (await Cluster.Client.WriteStatusAsync(KubeResources.Quotas, value, status, cancellationToken) is { } written)
        {
            Writes.Wrote(value.Key, Objects, written);
        }

        return resources.All(static resource => Followed.Any(followed => followed.GroupResource == resource)) ? ReconcileResult.Done : ReconcileResult.RequeueAfter(Again);
    }

    private async Task<IEnumerable<KubeObject>> ReadAsync(GroupResource resource, string space, CancellationToken cancellationToken)
    {
        if (Followed.FirstOrDefault(followed => followed.GroupResource == resource) is { Resource: not null } followed)
        {
            return Cluster.Informer(followed).Store.InNamespace(space);
        }

        return resource.Group.Length == 0
            ? (await Cluster.Client.ListAsync(new GroupVersionResource(string.Empty, "v1", resource.Resource), space, new ListOptions(), cancellationToken)).Items
            : [];
    }
}
