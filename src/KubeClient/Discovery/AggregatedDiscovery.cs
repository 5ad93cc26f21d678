using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Discovery;

/// <summary>Reads an APIGroupDiscoveryList. The order of versions is the order of preference.</summary>
internal static class AggregatedDiscovery
{
    public static ApiDiscovery Convert(AggregatedDocuments.GroupList document)
    {
        var groups = new List<ApiGroup>();
        var resources = new List<ApiResource>();
        var failures = new Dictionary<GroupVersion, string>();
        foreach (var group in document.Items ?? [])
        {
            var name = group?.Metadata?.Name ?? "";
            var versions = (group?.Versions ?? []).Where(v => !string.IsNullOrEmpty(v?.Name)).Select(v => v!).ToArray();
            if (versions.Length == 0)
            {
                continue;
            }

            groups.Add(new ApiGroup(name, [.. versions.Select(v => v.Name!)]));
            foreach (var version in versions)
            {
                var groupVersion = new GroupVersion(name, version.Name!);
                resources.AddRange((version.Resources ?? [])
                    .Select(r => Convert(r, groupVersion, ReferenceEquals(version, versions[0]))).OfType<ApiResource>());
                if (version.Freshness == "Stale")
                {
                    failures[groupVersion] = "the server behind it could not be asked of late";
                }
            }
        }

        return new ApiDiscovery { Groups = groups, Resources = resources, Failures = failures };
    }

    private static ApiResource? Convert(AggregatedDocuments.Resource? resource, GroupVersion version, bool preferred)
    {
        if (string.IsNullOrEmpty(resource?.Name) || string.IsNullOrEmpty(resource.ResponseKind?.Name))
        {
            return null;
        }

        var kind = resource.ResponseKind;
        return new ApiResource
        {
            Resource = version.WithResource(resource.Name),
            Kind = string.IsNullOrEmpty(kind.Version)
                ? version.WithKind(kind.Name)
                : new GroupVersionKind(kind.Group ?? "", kind.Version, kind.Name),
            Scope = resource.Scope == "Namespaced" ? ResourceScope.Namespaced : ResourceScope.Cluster,
            SingularName = resource.SingularResource ?? "",
            ShortNames = [.. (resource.ShortNames ?? []).OfType<string>()],
            Verbs = [.. (resource.Verbs ?? []).OfType<string>()],
            Categories = [.. (resource.Categories ?? []).OfType<string>()],
            Subresources = [.. (resource.Subresources ?? []).Select(s => s?.Name).Where(s => !string.IsNullOrEmpty(s)).Select(s => s!)],
            IsPreferredVersion = preferred,
        };
    }
}
