using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>Reads members of a definition; what has another type counts as missing.</summary>
internal static class CrdNode
{
    public static string Text(JsonObject map, string name) =>
        map[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : string.Empty;

    public static bool Flag(JsonObject map, string name) => map[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static int Number(JsonObject map, string name) => map[name] is JsonValue value && value.TryGetValue(out int number) ? number : 0;

    public static IReadOnlyList<string> Texts(JsonObject map, string name) => map[name] is JsonArray list
        ? [.. list.Select(static item => item is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : string.Empty)]
        : [];

    public static JsonArray List(JsonObject map, string name) => map[name] as JsonArray ?? [];
}
