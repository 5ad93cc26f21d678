using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>To the value itself and everything below it.</summary>
internal sealed class DescentStep : PathStep
{
    public override void Follow(JsonNode? node, List<JsonNode?> results)
    {
        results.Add(node);
        switch (node)
        {
            case JsonObject map:
                foreach (var (_, value) in map)
                {
                    Follow(value, results);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Follow(item, results);
                }

                break;
            default:
                break;
        }
    }
}
