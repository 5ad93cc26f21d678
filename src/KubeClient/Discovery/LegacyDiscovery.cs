using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Discovery;

/// <summary>Reads the documents of discovery group by group.</summary>
internal static class LegacyDiscovery
{
    public static IReadOnlyList<ApiGroup> Groups(LegacyDocuments.CoreVersions document)
    {
        var versions = (document.Versions ?? []).Where(v => !string.IsNullOrEmpty(v)).Select(v => v!).ToArray();
        return versions.Length == 0 ? [] : [new ApiGroup("", versions)];
    }

    public static IReadOnlyList<ApiGroup> Groups(LegacyDocuments.GroupList document) =>
        [.. (document.Groups ?? []).Select(Group).OfType<ApiGroup>()];

    public static IEnumerable<ApiResource> Resources(LegacyDocuments.ResourceList document, GroupVersion version, bool preferred)
    {
        var entries = (document.Resources ?? []).Where(r => !string.IsNullOrEmpty(r?.Name) && !string.IsNullOrEmpty(r.Kind)).ToArray();
        var subresources = entries
            .Select(r => r!.Name!.Split('/', 2))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1]);
        return entries
            .Where(r => !r!.Name!.Contains('/', StringComparison.Ordinal))
            .Select(r => Resource(r!, version, preferred, [.. subresources[r!.Name!]]));
    }

    private static ApiGroup? Group(LegacyDocuments.Group? group)
    {
        var versions = (group?.Versions ?? []).Select(v => v?.Version).Where(v => !string.IsNullOrEmpty(v)).Select(v => v!).ToArray();
        if (string.IsNullOrEmpty(group?.Name) || versions.Length == 0)
        {
            return null;
        }

        var preferred = group.PreferredVersion?.Version;
        return new ApiGroup(group.Name, [.. versions.OrderBy(v => v == preferred ? 0 : 1)]);
    }

    private static ApiResource Resource(LegacyDocuments.Resource resource, GroupVersion version, bool preferred, string[] subresources) => new()
    {
        Resource = version.WithResource(resource.Name!),
        Kind = string.IsNullOrEmpty(resource.Version)
            ? version.WithKind(resource.Kind!)
            : new GroupVersionKind(resource.Group ?? "", resource.Version, resource.Kind!),
        Scope = resource.Namespaced ? ResourceScope.Namespaced : ResourceScope.Cluster,
        SingularName = resource.SingularName ?? "",
        ShortNames = [.. (resource.ShortNames ?? []).OfType<string>()],
        Verbs = [.. (resource.Verbs ?? []).OfType<string>()],
        Categories = [.. (resource.Categories ?? []).OfType<string>()],
        Subresources = subresources,
        IsPreferredVersion = preferred,
    };
}
