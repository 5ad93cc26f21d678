using System.Text.Json.Nodes;

namespace KubeFed.e2e.Json;

/// <summary>Tells whether one document is contained in another, which may have more members in its objects.</summary>
internal static class JsonPart
{
    /// <summary>Where and how the whole fails to contain the part; null if it does contain it.</summary>
    public static string? Mismatch(JsonNode? part, JsonNode? whole, string path = "") => (part, whole) switch
    {
        (JsonObject wanted, JsonObject found) => wanted
            .Select(member => Mismatch(member.Value, found[member.Key], $"{path}/{member.Key}"))
            .FirstOrDefault(static mismatch => mismatch is not null),
        (JsonArray wanted, JsonArray found) when wanted.Count == found.Count => wanted
            .Select((item, index) => Mismatch(item, found[index], $"{path}/{index}"))
            .FirstOrDefault(static mismatch => mismatch is not null),
        _ => JsonNode.DeepEquals(part, whole) ? null : $"{path}: expected {Show(part)}, found {Show(whole)}",
    };

    private static string Show(JsonNode? node) => node?.ToJsonString() ?? "nothing";
}
