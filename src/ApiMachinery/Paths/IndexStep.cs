using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>To one item of a list; a negative index counts from the end.</summary>
internal sealed class IndexStep(int index) : PathStep
{
    public override void Follow(JsonNode? node, List<JsonNode?> results)
    {
        if (node is JsonArray list)
        {
            int place = index < 0 ? index + list.Count : index;
            if (place >= 0 && place < list.Count)
            {
                results.Add(list[place]);
            }
        }
    }
}
