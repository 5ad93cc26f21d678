using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.ApiServerRuntime.Tables;

namespace KubeFed.DevClusters.Columns;

/// <summary>What cells of several types are made of.</summary>
internal static class Cells
{
    public const string None = "<none>";
    public const string Unset = "<unset>";
    public const string Unknown = "<unknown>";

    public static int Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : 0;

    public static int Number(KubeObject item, params ReadOnlySpan<string> path) => Number(item.GetNode(path));

    public static string Text(KubeObject item, string otherwise, params ReadOnlySpan<string> path) =>
        item.GetString(path) is { Length: > 0 } text ? text : otherwise;

    public static IReadOnlyList<JsonObject> Items(JsonNode? list) => list is JsonArray array ? [.. array.OfType<JsonObject>()] : [];

    public static string Join(string otherwise, IEnumerable<string?> texts, string separator = ",") =>
        string.Join(separator, texts) is { Length: > 0 } joined ? joined : otherwise;

    public static string Containers(KubeObject item, string member, params ReadOnlySpan<string> podSpec) =>
        Join(string.Empty, Items(item.GetNode([.. podSpec, "containers"])).Select(container => (string?)container[member]));

    public static string Labels(JsonNode? map) =>
        map is JsonObject labels ? Join(None, labels.Order(Comparer<KeyValuePair<string, JsonNode?>>.Create(static (a, b) => string.CompareOrdinal(a.Key, b.Key))).Select(static label => $"{label.Key}={(string?)label.Value}")) : None;

    public static string Selector(JsonNode? selector) =>
        selector is JsonObject map && map.Deserialize(SelectorJsonContext.Default.LabelSelector)?.ToSelector().ToString() is { Length: > 0 } text ? text : None;

    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static string Age(string? time, DateTimeOffset now) => Time(time) is { } then ? HumanDuration.Format(now - then) : Unknown;

    public static JsonObject? Condition(KubeObject item, string type) =>
        Items(item.GetNode("status", "conditions")).FirstOrDefault(condition => (string?)condition["type"] == type);

    /// <summary>The addresses of a load balancer's status.</summary>
    public static string Ingress(KubeObject item) =>
        Join(string.Empty, Items(item.GetNode("status", "loadBalancer", "ingress")).Select(static at => (string?)at["ip"] ?? (string?)at["hostname"]));
}
