using System.Collections.Frozen;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>All types that are served at one time. Immutable.</summary>
public sealed class TypeSnapshot
{
    private readonly FrozenDictionary<GroupResource, ResourceType> _types;

    /// <summary>Creates a snapshot. Of two types of the same group and plural the first is taken.</summary>
    /// <param name="types">The types.</param>
    /// <param name="groupVersions">What <see cref="GroupVersions"/> holds; default nothing.</param>
    public TypeSnapshot(IEnumerable<ResourceType> types, IReadOnlyList<GroupVersion>? groupVersions = null)
    {
        ArgumentNullException.ThrowIfNull(types);
        GroupVersions = groupVersions ?? [];
        Types = [.. types.DistinctBy(type => type.GroupResource).OrderBy(type => type.Group, StringComparer.Ordinal).ThenBy(type => type.Plural, StringComparer.Ordinal)];
        _types = Types.ToFrozenDictionary(type => type.GroupResource);
    }

    /// <summary>No types.</summary>
    public static TypeSnapshot Empty { get; } = new([]);

    /// <summary>The types, by group, then plural.</summary>
    public IReadOnlyList<ResourceType> Types { get; }

    /// <summary>
    /// Group versions that are served even while they have no type. A server behind an aggregator needs them: one that answers 404 for a group
    /// version of its own counts as out of order, and no namespace of the host can be deleted.
    /// </summary>
    public IReadOnlyList<GroupVersion> GroupVersions { get; }

    /// <summary>The type of a group and plural, or null.</summary>
    public ResourceType? Find(GroupResource resource) => _types.GetValueOrDefault(resource);

    /// <summary>The type and the version that a URL names, if that version is served.</summary>
    public bool TryFind(string group, string version, string plural, out ResourceType type, out ResourceTypeVersion typeVersion)
    {
        type = Find(new GroupResource(group, plural))!;
        typeVersion = type?.FindVersion(version)!;
        return typeVersion is { Served: true };
    }
}
