using System.Text.Json;

namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>Reads members of JSON objects the way the API server does: null is the same as absent.</summary>
internal static class JsonShape
{
    public static JsonElement? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static void RequireObject(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FieldShapeException(path, "must be an object");
        }
    }

    public static void RequireArray(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw new FieldShapeException(path, "must be a list");
        }
    }

    public static string RequireText(JsonElement element, string path) =>
        Text(element) ?? throw new FieldShapeException(path, "must be a string");

    public static string RequireTextMember(JsonElement element, string name, string path)
    {
        RequireObject(element, path);
        return Member(element, name) is { } value
            ? RequireText(value, $"{path}.{name}")
            : throw new FieldShapeException($"{path}.{name}", "is required");
    }

    public static string NameOf(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new FieldShapeException(path, "has a name that is not Unicode");
        }
    }

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
