using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;
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

    private static IEnumerable<ResourceType> Load()
    {
        var own = new Dictionary<string, ResourceType>(StringComparer.Ordinal);
        foreach (var definition in EmbeddedYaml.Read(Folder).OrderBy(static definition => StoredAs(definition) is not null))
        {
            var type = Read(definition, StoredAs(definition) is { } name ? own[name] : null);
            own[type.GroupResource.ToString()] = type;
        }

        return own.Values;
    }

    private static string? StoredAs(JsonObject definition) => (string?)definition["serving"]?["storedAs"];

    private static ResourceType Read(JsonObject definition, ResourceType? storedAs)
    {
        var read = CrdReader.ReadBuiltin(definition);
        var type = read.Type ?? throw new InvalidOperationException($"{definition["metadata"]?["name"]} is no valid definition: {read.Errors}");
        var serving = definition["serving"] as JsonObject ?? [];
        return type with
        {
            StoredAs = storedAs,
            HasGeneration = serving["generation"]?.GetValue<bool>() ?? true,
            StrategicMergePatch = true,
            AllowUnconditionalUpdate = type.Plural != "customresourcedefinitions",
            TimeToLive = serving["timeToLiveSeconds"] is { } seconds ? TimeSpan.FromSeconds(seconds.GetValue<int>()) : null,
            NameRule = NameRuleOf((string?)serving["nameRule"]),
            Hold = type is { Group: "", Plural: "namespaces" } ? Namespaces.NamespaceHold.Instance : null,
            Versions = [.. type.Versions.Select(version => WithServing(type, version, serving))],
        };
    }

    private static ResourceTypeVersion WithServing(ResourceType type, ResourceTypeVersion version, JsonObject serving) => version with
    {
        Conversion = type is { Group: "events.k8s.io", Plural: "events" } ? EventConversion.Instance : null,
        Verbs = serving["verbs"] is JsonArray verbs ? Texts(verbs) : version.Verbs,
        SelectableFields = serving["fieldSelectors"] is JsonArray fields ? Texts(fields) : version.SelectableFields,
        LeadsWithName = serving["leadsWithName"]?.GetValue<bool>() ?? true,
        PrinterColumns = [.. version.PrinterColumns.Select(column => column with { Compute = ComputedColumns.Find(type.GroupResource, column.Name) })],
    };

    private static string[] Texts(JsonArray list) => [.. list.Select(static item => item!.GetValue<string>())];

    private static Func<string, bool, IReadOnlyList<string>>? NameRuleOf(string? name) => name switch
    {
        "label" => NameRules.DnsLabel,
        "path" => NameRules.PathSegment,
        _ => null,
    };
}
