using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Refuses the keywords of JSON Schema that Kubernetes does not have, anywhere in a schema.</summary>
internal static class UnsupportedRules
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];

    private static readonly string[] Keywords =
        ["id", "$schema", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"];

    /// <returns>The type that the schema gives.</returns>
    public static SchemaType Check(SchemaKeywords keywords, SchemaScope scope)
    {
        SchemaType type = Type(keywords);
        if (scope.NoDefaults is { } reason && keywords.Has("default"))
        {
            keywords.Forbid("default", "must not be set" + reason);
        }

        foreach (string keyword in Keywords)
        {
            if (IsSet(keywords.Json[keyword]))
            {
                keywords.Forbid(keyword, (keyword == "$schema" ? "schema" : keyword) + " is not supported");
            }
        }

        if (keywords.Flag("uniqueItems") == true)
        {
            keywords.Forbid("uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }

        if (scope.InsideMeta && keywords.Flag("x-kubernetes-embedded-resource") == true)
        {
            keywords.Forbid("x-kubernetes-embedded-resource", "must not be used inside of resource meta");
        }

        if (keywords.Flag("x-kubernetes-preserve-unknown-fields") == false)
        {
            keywords.Refuse("x-kubernetes-preserve-unknown-fields", false, "must be true or undefined");
        }

        return type;
    }

    private static SchemaType Type(SchemaKeywords keywords)
    {
        string? text = keywords.Text("type");
        if (string.IsNullOrEmpty(text))
        {
            return SchemaType.None;
        }

        SchemaType type = SchemaTypes.Parse(text);
        if (type == SchemaType.None)
        {
            keywords.Errors.Add(FieldError.NotSupported(keywords.At.Child("type"), text, Types));
        }

        if (text == "null")
        {
            keywords.Forbid("type", "type cannot be set to null, use nullable as an alternative");
        }

        return type;
    }

    private static bool IsSet(JsonNode? node) => node switch
    {
        null or JsonObject { Count: 0 } or JsonArray { Count: 0 } => false,
        JsonValue value when value.TryGetValue(out string? text) => text.Length > 0,
        _ => true,
    };
}
