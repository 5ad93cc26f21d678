using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Discovery;

/// <summary>Finds resources in what one discovery gave.</summary>
internal sealed class ResourceIndex
{
    private readonly Dictionary<GroupVersionKind, ApiResource> _byKind = [];
    private readonly Dictionary<GroupVersionResource, ApiResource> _byResource = [];
    private readonly ILookup<string, ApiResource> _byName;
    private readonly ILookup<string, ApiResource> _byShortName;

    public ResourceIndex(ApiDiscovery discovery)
    {
        Discovery = discovery;
        foreach (var resource in discovery.Resources)
        {
            _byResource.TryAdd(resource.Resource, resource);
            if (!_byKind.TryGetValue(resource.Kind, out var known) || (!known.Verbs.Contains("list") && resource.Verbs.Contains("list")))
            {
                _byKind[resource.Kind] = resource;
            }
        }

        _byName = Lookup(r => [r.Resource.Resource, r.SingularName, r.Kind.Kind]);
        _byShortName = Lookup(r => r.ShortNames);
        Preferred =
        [
            .. discovery.Resources.GroupBy(r => r.Resource.GroupResource)
                .Select(versions => versions.FirstOrDefault(r => r.IsPreferredVersion) ?? versions.First()),
        ];
    }

    public ApiDiscovery Discovery { get; }

    public IReadOnlyList<ApiResource> Preferred { get; }

    public ApiResource? Find(GroupVersionKind kind) => _byKind.GetValueOrDefault(kind);

    public ApiResource? Find(GroupVersionResource resource) => _byResource.GetValueOrDefault(resource);

    /// <summary>The resource of a name as people type it; null where there is none.</summary>
    /// <exception cref="AmbiguousResourceException">There are several.</exception>
    public ApiResource? Resolve(string name)
    {
        foreach (var (resource, version, group) in Readings(name.ToLowerInvariant()))
        {
            var matches = Matches(_byName[resource], version, group);
            matches = matches.Length > 0 ? matches : Matches(_byShortName[resource], version, group);
            if (matches.Length > 0)
            {
                return Choose(name, matches);
            }
        }

        return null;
    }

    /// <summary>What a name may mean, best first: <c>name</c>, <c>name.group</c>, <c>name.version.group</c>.</summary>
    private static IEnumerable<(string Resource, string? Version, string? Group)> Readings(string name)
    {
        var parts = name.Split('.', 2);
        if (parts.Length == 1)
        {
            return [(name, null, null)];
        }

        var rest = parts[1].Split('.', 2);
        return [(parts[0], null, parts[1]), (parts[0], rest[0], rest.Length > 1 ? rest[1] : "")];
    }

    /// <summary>Those of the group; where none has that very name, those of the groups that start with it, as kubectl takes them.</summary>
    private static ApiResource[] Matches(IEnumerable<ApiResource> named, string? version, string? group)
    {
        var candidates = named.Where(r => version is null || r.Resource.Version == version).Distinct().ToArray();
        if (group is null)
        {
            return candidates;
        }

        var exact = candidates.Where(r => r.Resource.Group.Equals(group, StringComparison.OrdinalIgnoreCase)).ToArray();
        return exact.Length > 0 || group.Length == 0
            ? exact
            : [.. candidates.Where(r => r.Resource.Group.StartsWith(group, StringComparison.OrdinalIgnoreCase))];
    }

    private static ApiResource Choose(string name, ApiResource[] matches)
    {
        var resources = matches.GroupBy(r => r.Resource.GroupResource).ToArray();
        var core = resources.Where(r => r.Key.Group.Length == 0).ToArray();
        var chosen = core.Length > 0 ? core : resources;
        return chosen.Length == 1
            ? chosen[0].FirstOrDefault(r => r.IsPreferredVersion) ?? chosen[0].First()
            : throw new AmbiguousResourceException(name, [.. chosen.Select(r => r.Key.ToString()).Order(StringComparer.Ordinal)]);
    }

    private ILookup<string, ApiResource> Lookup(Func<ApiResource, IEnumerable<string>> names) => Discovery.Resources
        .SelectMany(r => names(r).Where(n => n.Length > 0).Select(n => (Name: n.ToLowerInvariant(), Resource: r)))
        .ToLookup(pair => pair.Name, pair => pair.Resource, StringComparer.Ordinal);
}
