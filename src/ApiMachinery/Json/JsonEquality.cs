using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Json;

/// <summary>
/// Equality of JSON as Kubernetes means it: objects whatever the order of their members, numbers by their value (<c>1</c>, <c>1.0</c>
/// and <c>10e-1</c> are one number), lists in order, <c>null</c> not the same as an absent member.
/// </summary>
public static class JsonEquality
{
    /// <summary>Whether two trees are equal; a null reference is JSON's <c>null</c>.</summary>
    public static bool Equal(JsonNode? a, JsonNode? b) => JsonNode.DeepEquals(a, b);

    /// <summary>Whether two elements are equal.</summary>
    public static bool Equal(JsonElement a, JsonElement b) => JsonElement.DeepEquals(a, b);

    /// <summary>Whether two documents are equal.</summary>
    /// <exception cref="JsonFormatException">One of them is not JSON within the limits.</exception>
    public static bool Equal(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b, JsonLimits? limits = null) =>
        a.Span.SequenceEqual(b.Span) || Equal(KubeJson.Parse(a, limits), KubeJson.Parse(b, limits));
}
