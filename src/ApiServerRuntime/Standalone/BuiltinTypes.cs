using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Reviews;
using KubeFed.ApiServerRuntime.Standalone.Columns;
using KubeFed.ApiServerRuntime.Standalone.Conversions;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Standalone;

/// <summary>
/// The types that every Kubernetes cluster has and that a server by itself must serve, from the files of <c>Standalone/Types</c>: definitions
/// as of custom resources, whose group may be empty, with a member <c>serving</c> for what only built-in types can do.
/// </summary>
public static class BuiltinTypes
{
    private const string Folder = "standalone/types/";

    /// <summary>The owner of the types in a <see cref="TypeRegistry"/>: it sorts first, so that no other can replace them.</summary>
    public const string Owner = "builtin";

    /// <summary>The types, read once.</summary>
    public static IReadOnlyList<ResourceType> All { get; } = [.. Load(), .. ReviewTypes.All];

    /// <summary>The groups of the types, which definitions may not use.</summary>
    public static IReadOnlySet<string> Groups { get; } = All.Select(static type => type.Group).ToHashSet(StringComparer.Ordinal);

    /// <summary>The type of a group and plural.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static ResourceType Get(string group, string plural) =>
        All.FirstOrDefault(type => type.Group == group && type.Plural == plural)
        ?? throw new KeyNotFoundException($"{plural}.{group} is not built in");

    private static List<ResourceType> Load()
    {
        var own = new Dictionary<string, ResourceType>(StringComparer.Ordinal);
        foreach (var definition in EmbeddedYaml.Read(typeof(BuiltinTypes).Assembly, Folder).OrderBy(static definition => StoredAs(definition) is not null))
        {
            var type = Read(definition, StoredAs(definition) is { } name ? own[name] : null);
            own[type.GroupResource.ToString()] = type;
        }

        return [.. own.Values];
    }

    private static string? StoredAs(JsonObject definition) => (string?)definition["serving"]?["storedAs"];

    private static ResourceType Read(JsonObject definition, ResourceType? storedAs)
    {
        var type = BuiltinTypeReader.Read(definition, ComputedColumns.Find);
        return type with
        {
            StoredAs = storedAs,
            AllowUnconditionalUpdate = type.Plural != "customresourcedefinitions",
            Hold = type is { Group: "", Plural: "namespaces" } ? Namespaces.NamespaceHold.Instance : null,
            Versions = [.. type.Versions.Select(version => version with
            {
                Conversion = type is { Group: "events.k8s.io", Plural: "events" } ? EventConversion.Instance : null,
            })],
        };
    }
}
