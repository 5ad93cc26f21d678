using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>Reads and writes lists of strings. What is no string is left out, what is no list is empty.</summary>
internal static class JsonStrings
{
    public static IReadOnlyList<string> Read(JsonNode? node)
    {
        if (node is not JsonArray { Count: > 0 } items)
        {
            return [];
        }

        var texts = new List<string>(items.Count);
        foreach (var item in items)
        {
            if (item is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            {
                texts.Add(value.GetValue<string>());
            }
        }

        return texts;
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadMap(JsonNode? node)
    {
        var map = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (key, values) in node as JsonObject ?? [])
        {
            map[key] = Read(values);
        }

        return map;
    }

    public static JsonArray Write(IEnumerable<string> values) => new([.. values.Select(static value => JsonValue.Create(value))]);

    public static JsonObject WriteMap(IReadOnlyDictionary<string, IReadOnlyList<string>> map) =>
        new(map.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, Write(entry.Value))));
}
