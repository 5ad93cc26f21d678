using System.Collections.Frozen;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>All discovery answers for one set of types. Immutable.</summary>
internal sealed class DiscoveryDocuments
{
    private static readonly string[] AggregatedVersions = ["v2", "v2beta1"];
    private readonly FrozenDictionary<string, DiscoveryDocument> _legacy;
    private readonly FrozenDictionary<(string Path, string Version), DiscoveryDocument> _aggregated;

    private DiscoveryDocuments(FrozenDictionary<string, DiscoveryDocument> legacy, FrozenDictionary<(string, string), DiscoveryDocument> aggregated)
    {
        _legacy = legacy;
        _aggregated = aggregated;
    }

    /// <summary>The paths that have an answer.</summary>
    public IEnumerable<string> Paths => _legacy.Keys;

    public static DiscoveryDocuments Of(TypeSnapshot types, IEnumerable<IResourceHandler> handlers)
    {
        IReadOnlyList<DiscoveryGroup> groups = DiscoveryModel.Read(types, handlers);
        DiscoveryGroup[] named = [.. groups.Where(group => group.Name.Length > 0)];
        var legacy = new Dictionary<string, DiscoveryDocument>(StringComparer.Ordinal) { ["/apis"] = new(LegacyDiscovery.GroupList(named)) };
        var aggregated = new Dictionary<(string, string), DiscoveryDocument>();
        AddAggregated(aggregated, "/apis", named);
        if (groups.FirstOrDefault(group => group.Name.Length == 0) is { } core)
        {
            legacy["/api"] = new DiscoveryDocument(LegacyDiscovery.ApiVersions(core));
            AddVersions(legacy, "/api", core);
            AddAggregated(aggregated, "/api", [core]);
        }

        foreach (DiscoveryGroup group in named)
        {
            legacy[$"/apis/{group.Name}"] = new DiscoveryDocument(LegacyDiscovery.Group(group));
            AddVersions(legacy, $"/apis/{group.Name}", group);
        }

        return new DiscoveryDocuments(legacy.ToFrozenDictionary(StringComparer.Ordinal), aggregated.ToFrozenDictionary());
    }

    /// <summary>The answer of a path without a trailing slash, or null.</summary>
    public DiscoveryDocument? Legacy(string path) => _legacy.GetValueOrDefault(path);

    /// <summary>The aggregated answer of <c>/api</c> or <c>/apis</c> in a version of apidiscovery.k8s.io, or null.</summary>
    public DiscoveryDocument? Aggregated(string path, string version) => _aggregated.GetValueOrDefault((path, version));

    private static void AddVersions(Dictionary<string, DiscoveryDocument> documents, string path, DiscoveryGroup group)
    {
        foreach (DiscoveryVersion version in group.Versions)
        {
            documents[$"{path}/{version.Name}"] = new DiscoveryDocument(LegacyDiscovery.ResourceList(group, version));
        }
    }

    private static void AddAggregated(Dictionary<(string, string), DiscoveryDocument> documents, string path, DiscoveryGroup[] groups)
    {
        foreach (string version in AggregatedVersions)
        {
            documents[(path, version)] = DiscoveryDocument.Tagged(AggregatedDiscovery.Write(groups, version));
        }
    }
}
