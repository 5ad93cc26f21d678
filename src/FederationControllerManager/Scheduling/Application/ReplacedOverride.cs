using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationControllerManager.Scheduling.Application;

/// <summary>Somebody else's override that the scheduler stands in for.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Op">Its operation; null where it had none.</param>
/// <param name="Value">Its value; null where it had none.</param>
internal sealed record ReplacedOverride(string Path, string? Op, JsonElement? Value)
{
    /// <summary>What an object holds now.</summary>
    public static ReplacedOverride Of(OverrideOperation operation)
    {
        using var document = operation.Value is { } json ? JsonDocument.Parse(json) : null;
        return new ReplacedOverride(operation.Path, operation.Op, document?.RootElement.Clone());
    }

    /// <summary>Whether an operation is this one.</summary>
    public bool Matches(OverrideOperation operation) =>
        operation.Path == Path
        && (operation.Op ?? "") == (Op ?? "")
        && JsonNode.DeepEquals(Node(Value), operation.Value is { } json ? JsonNode.Parse(json.Span) : null);

    /// <summary>The entry as it stood in the list.</summary>
    public JsonObject ToNode()
    {
        var node = new JsonObject { ["path"] = Path };
        if (Op is not null)
        {
            node["op"] = Op;
        }

        if (Value is not null)
        {
            node["value"] = Node(Value);
        }

        return node;
    }

    private static JsonNode? Node(JsonElement? value) => value is { } element ? JsonNode.Parse(element.GetRawText()) : null;
}
