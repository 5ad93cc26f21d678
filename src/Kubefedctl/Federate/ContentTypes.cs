using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using ApiResource = KubeFed.KubeClient.Discovery.ApiResource;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>The types whose objects are the contents of a namespace.</summary>
internal static class ContentTypes
{
    /// <summary>Its types are old names of types of other groups.</summary>
    private const string ExtensionsGroup = "extensions";

    private const string CrossFederationSuffix = ".kubefed.io";

    private static readonly string[] Verbs = ["create", "get", "list"];

    /// <summary>
    /// Every namespaced type that can be read and created, in one version each, sorted; without endpoints, events, what belongs to the
    /// federation itself, and the types that the user wants left out.
    /// </summary>
    /// <param name="host">The cluster with the objects.</param>
    /// <param name="enabled">The types that are enabled, whose federated types are no contents either.</param>
    /// <param name="skip">What the user wants left out.</param>
    /// <param name="progress">Told of what cannot be discovered, and of names in the skip list that mean nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<ApiResource>> ListAsync(
        ClusterConnection host,
        IReadOnlyCollection<FederatedTypeConfig> enabled,
        SkipList skip,
        Progress progress,
        CancellationToken cancellationToken)
    {
        var served = await host.Discovery.DiscoverAsync(cancellationToken);
        foreach (var (version, why) in served.Failures)
        {
            progress.Warn($"{host.Title} cannot tell what {version} has ({why}): objects of it are left out");
        }

        var federated = enabled.Select(static c => c.Spec.FederatedType.ToGroupVersionResource().GroupResource).ToHashSet();

        // The list is asked of every type, also of those left out anyway, so that it knows which of its names mean something.
        var types = PreferredResources.Of(served)
            .Where(type => !skip.Contains(type) && IsContent(type) && !federated.Contains(type.Resource.GroupResource))
            .OrderBy(static type => type.Resource.GroupResource.ToString(), StringComparer.Ordinal)
            .ToArray();
        if (skip.Unmatched is { Count: > 0 } unmatched)
        {
            progress.Warn($"{host.Title} has no type or group {string.Join(", ", unmatched)} to skip");
        }

        return types;
    }

    private static bool IsContent(ApiResource type) =>
        type.Scope == ResourceScope.Namespaced
        && Verbs.All(verb => type.Verbs.Contains(verb, StringComparer.Ordinal))
        && type.Resource.Group != ExtensionsGroup
        && !type.Resource.Group.EndsWith(CrossFederationSuffix, StringComparison.Ordinal)
        && (type.Resource.Group, type.Resource.Resource) is not (("", "endpoints") or ("" or "events.k8s.io", "events"));
}
