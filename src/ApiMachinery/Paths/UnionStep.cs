using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>To what several steps lead to, one after the other.</summary>
internal sealed class UnionStep(PathStep[] steps) : PathStep
{
    public override void Follow(JsonNode? node, List<JsonNode?> results)
    {
        foreach (var step in steps)
        {
            step.Follow(node, results);
        }
    }
}
