using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>To all members of an object, or all items of a list.</summary>
internal sealed class WildcardStep : PathStep
{
    public override void Follow(JsonNode? node, List<JsonNode?> results)
    {
        switch (node)
        {
            case JsonObject map:
                results.AddRange(map.Select(static member => member.Value));
                break;
            case JsonArray list:
                results.AddRange(list);
                break;
            default:
                break;
        }
    }
}
