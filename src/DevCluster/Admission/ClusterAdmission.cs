using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.DevClusters.Quotas;
using KubeFed.DevClusters.Types;

namespace KubeFed.DevClusters.Admission;

/// <summary>The rules of a cluster's types, in their order.</summary>
internal static class ClusterAdmission
{
    /// <summary>New ones, for one cluster.</summary>
    public static IReadOnlyList<IAdmissionPlugin> Create(IResourceCacheSet caches, TimeProvider time) =>
    [
        new Normalization(),
        new PodRules(),
        new WorkloadRules(),
        new JobRules(),
        new ServiceRules(new ServiceNumbers(caches, static () => ClusterTypes.Get(string.Empty, "services"))),
        new NetworkPolicyRules(),
        new VolumeRules(),
        new AutoscalerRules(),
        new QuotaAdmission(caches, time),
    ];
}
