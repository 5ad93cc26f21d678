using System.Text;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>The items of a list of type map by their keys.</summary>
internal sealed class RuleListIndex
{
    private readonly Dictionary<string, JsonNode> _items = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _keys;

    public RuleListIndex(JsonArray list, IReadOnlyList<string> keys)
    {
        _keys = keys;
        foreach (JsonNode? item in list)
        {
            if (item is JsonObject map)
            {
                _items[Key(map)] = map;
            }
        }
    }

    public JsonNode? Find(JsonNode? item) => item is JsonObject map ? _items.GetValueOrDefault(Key(map)) : null;

    private string Key(JsonObject item)
    {
        var key = new StringBuilder();
        foreach (string name in _keys)
        {
            key.Append(item.TryGetPropertyValue(name, out JsonNode? value) && value is not null ? value.ToJsonString() : "null").Append(',');
        }

        return key.ToString();
    }
}
