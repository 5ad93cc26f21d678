using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>How large and deep a tree is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JsonMeasure(long Size, int Depth)
{
    private const int ValueCost = 16;

    public static JsonMeasure Of(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                return Sum(map.Select(static m => (m.Key.Length, m.Value)));
            case JsonArray list:
                return Sum(list.Select(static i => (0, i)));
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && value.TryGetValue(out string? text):
                return new JsonMeasure(ValueCost + text.Length, 0);
            default:
                return new JsonMeasure(ValueCost, 0);
        }
    }

    private static JsonMeasure Sum(IEnumerable<(int Extra, JsonNode? Value)> children)
    {
        long size = ValueCost;
        int depth = 0;
        foreach ((int extra, JsonNode? value) in children)
        {
            JsonMeasure child = Of(value);
            size += extra + child.Size;
            depth = Math.Max(depth, child.Depth);
        }

        return new JsonMeasure(size, depth + 1);
    }
}
