using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>The parts that both OpenAPI versions write alike.</summary>
internal static class Extensions
{
    public static JsonObject Kind(GroupVersionKind kind) => new() { ["group"] = kind.Group, ["kind"] = kind.Kind, ["version"] = kind.Version };

    public static string Tag(ApiOperation operation)
    {
        var segments = operation.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments[0] == "api" ? $"core_{segments[1]}" : $"{segments[1].Split('.')[0]}_{segments[2]}";
    }

    public static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(static value => JsonValue.Create(value))]);
}
