using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>One side of a condition: a path from the item, or a literal.</summary>
internal sealed class FilterOperand
{
    private readonly JsonPath? _path;
    private readonly JsonNode? _literal;

    public FilterOperand(JsonPath path) => _path = path;

    public FilterOperand(JsonNode? literal) => _literal = literal;

    public IReadOnlyList<JsonNode?> Evaluate(JsonNode? item) => _path?.Evaluate(item) ?? [_literal];
}
