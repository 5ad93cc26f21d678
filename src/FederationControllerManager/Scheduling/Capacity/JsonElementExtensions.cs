using System.Text.Json;

namespace KubeFed.FederationControllerManager.Scheduling.Capacity;

/// <summary>Reads of JSON that may have any shape.</summary>
internal static class JsonElementExtensions
{
    /// <summary>A member, or undefined when there is none.</summary>
    public static JsonElement Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    /// <summary>A member's text, or empty when it has none.</summary>
    public static string Text(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.String } member ? member.GetString()! : string.Empty;

    /// <summary>The elements of a list; none when it is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
}
