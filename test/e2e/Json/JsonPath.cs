using System.Text.Json.Nodes;

namespace KubeFed.e2e.Json;

/// <summary>Sets values by their paths; on purpose without the product's own code for it.</summary>
internal static class JsonPath
{
    /// <summary>Puts a value in place; the parents are there already.</summary>
    public static void Set(JsonNode root, string path, JsonNode value)
    {
        var steps = path[1..].Split('/');
        var parent = steps[..^1].Aggregate(root, static (node, step) => (node is JsonArray array ? array[int.Parse(step)] : node[step])!);
        if (parent is JsonArray list)
        {
            list[int.Parse(steps[^1])] = value.DeepClone();
        }
        else
        {
            parent[steps[^1]] = value.DeepClone();
        }
    }
}
