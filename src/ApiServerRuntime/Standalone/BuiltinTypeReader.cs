using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Standalone;

/// <summary>
/// Reads a type that is built into a server: a definition as of a custom resource, whose group may be empty, with a member <c>serving</c> for
/// what only built-in types can do:
/// <list type="bullet">
/// <item><c>verbs</c>: those that are offered; default all</item>
/// <item><c>fieldSelectors</c>: the paths that field selectors may name</item>
/// <item><c>nameRule</c>: <c>label</c> or <c>path</c>; default a DNS subdomain</item>
/// <item><c>leadsWithName</c>: whether the first column is the name; default true</item>
/// <item><c>generation</c>: whether <c>metadata.generation</c> counts the changes of the spec; default true</item>
/// <item><c>timeToLiveSeconds</c>: how long an object lives after its last write; default for ever</item>
/// </list>
/// </summary>
public static class BuiltinTypeReader
{
    /// <summary>Reads a definition. The tree must not be changed afterwards.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="columns">What computes the cell of a column, by the column's name; null where its path says it all.</param>
    /// <param name="definitions">What <c>$ref</c> in the schema leads to; null where there is none.</param>
    /// <exception cref="InvalidOperationException">It is no valid definition.</exception>
    public static ResourceType Read(
        JsonObject definition, Func<GroupResource, string, Func<KubeObject, DateTimeOffset, JsonNode?>?> columns, SchemaDefinitions? definitions = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(columns);
        var read = CrdReader.ReadBuiltin(definition, definitions);
        var type = read.Type ?? throw new InvalidOperationException($"{definition["metadata"]?["name"]} is no valid definition: {read.Errors}");
        var serving = definition["serving"] as JsonObject ?? [];
        return type with
        {
            StrategicMergePatch = true,
            HasGeneration = serving["generation"]?.GetValue<bool>() ?? true,
            AllowUnconditionalUpdate = true,
            TimeToLive = serving["timeToLiveSeconds"] is { } seconds ? TimeSpan.FromSeconds(seconds.GetValue<int>()) : null,
            NameRule = NameRuleOf((string?)serving["nameRule"]),
            Versions = [.. type.Versions.Select(version => WithServing(type, version, serving, columns))],
        };
    }

    private static ResourceTypeVersion WithServing(
        ResourceType type, ResourceTypeVersion version, JsonObject serving, Func<GroupResource, string, Func<KubeObject, DateTimeOffset, JsonNode?>?> columns) => version with
        {
            Verbs = serving["verbs"] is JsonArray verbs ? Texts(verbs) : version.Verbs,
            SelectableFields = serving["fieldSelectors"] is JsonArray fields ? Texts(fields) : version.SelectableFields,
            LeadsWithName = serving["leadsWithName"]?.GetValue<bool>() ?? true,
            PrinterColumns = [.. version.PrinterColumns.Select(column => column with { Compute = columns(type.GroupResource, column.Name) })],
        };

    private static string[] Texts(JsonArray list) => [.. list.Select(static item => item!.GetValue<string>())];

    private static Func<string, bool, IReadOnlyList<string>>? NameRuleOf(string? name) => name switch
    {
        "label" => NameRules.DnsLabel,
        "path" => NameRules.PathSegment,
        _ => null,
    };
}
