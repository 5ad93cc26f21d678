using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Unjoin;

/// <summary>Looks for what people would miss if a namespace went.</summary>
internal static class NamespaceContents
{
    /// <summary>Its objects are measurements, made up when asked for.</summary>
    private const string MetricsGroup = "metrics.k8s.io";

    /// <summary>
    /// The first object found in a namespace that Kubernetes did not put there itself, by its printed name; null when
    /// there is none. Every listable type is looked at; one that cannot be listed, or discovered, counts as holding something.
    /// </summary>
    public static async Task<string?> FindForeignAsync(ClusterConnection cluster, string @namespace, CancellationToken cancellationToken)
    {
        var served = await cluster.Discovery.DiscoverAsync(cancellationToken);
        foreach (var (version, why) in served.Failures)
        {
            if (version.Group != MetricsGroup)
            {
                return $"what is of {version} (which cannot be discovered: {why})";
            }
        }

        foreach (var resource in PreferredResources.Of(served).Where(IsLookedAt))
        {
            if (await FindForeignAsync(cluster, resource, @namespace, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static async Task<string?> FindForeignAsync(
        ClusterConnection cluster, ApiResource resource, string @namespace, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in cluster.Client.ListAllAsync(resource.Resource, @namespace, null, cancellationToken))
            {
                if (!IsDefault(resource.Resource, item))
                {
                    return item.Title();
                }
            }

            return null;
        }
        catch (StatusException e) when (e.IsNotFound || e.IsMethodNotSupported)
        {
            return null;
        }
        catch (StatusException e) when (e.IsForbidden)
        {
            return $"{resource.Resource.GroupResource} (which may not be listed)";
        }
    }

    private static bool IsLookedAt(ApiResource resource) =>
        resource.Scope == ResourceScope.Namespaced
        && resource.Verbs.Contains("list", StringComparer.Ordinal)
        && resource.Resource.Resource != "events"
        && resource.Resource.Group != MetricsGroup;

    private static bool IsDefault(GroupVersionResource resource, KubeObject item) => (resource.Group, resource.Resource) switch
    {
        ("", "serviceaccounts") => item.Metadata.Name == "default",
        ("", "configmaps") => item.Metadata.Name is "kube-root-ca.crt" or "openshift-service-ca.crt",
        ("", "secrets") => item.GetString("type") == "kubernetes.io/service-account-token",
        _ => item.Metadata.IsDeleting,
    };
}
