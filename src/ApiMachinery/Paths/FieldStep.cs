using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>To a member of an object.</summary>
internal sealed class FieldStep(string name) : PathStep
{
    public string Name => name;

    public override void Follow(JsonNode? node, List<JsonNode?> results)
    {
        if (node is JsonObject map && map.TryGetPropertyValue(name, out var value))
        {
            results.Add(value);
        }
    }
}
