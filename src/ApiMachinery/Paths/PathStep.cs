using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>One step of a path: from a value to those that it leads to.</summary>
internal abstract class PathStep
{
    public abstract void Follow(JsonNode? node, List<JsonNode?> results);
}
