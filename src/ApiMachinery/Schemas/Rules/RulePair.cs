using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>A value and the one that it replaces.</summary>
internal sealed class RulePair(JsonNode? current, JsonNode? old)
{
    private bool? _unchanged;

    public bool Unchanged => _unchanged ??= JsonEquality.Equal(current, old);
}
