using KubeFed.KubeClient.Discovery;

namespace KubeFed.Kubefedctl.Clusters;

/// <summary>Chooses among the versions of a resource, all of which show the same objects.</summary>
internal static class PreferredResources
{
    /// <summary>Each resource once: in the version that its group prefers, else in the first served.</summary>
    public static IEnumerable<ApiResource> Of(ApiDiscovery served) =>
        served.Resources.GroupBy(r => r.Resource.GroupResource).Select(versions => versions.FirstOrDefault(r => r.IsPreferredVersion) ?? versions.First());
}
