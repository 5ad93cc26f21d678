using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>What makes a schema structural: every value has a type, and the whole is an object of which metadata is left to the server.</summary>
internal static class ShapeRules
{
    private static readonly string[] FreeInMetadata = ["type", "default", "properties"];

    public static void Check(SchemaKeywords keywords, StructuralSchema schema, SchemaScope scope)
    {
        CheckType(keywords, schema, scope);
        CheckExclusions(keywords, schema, scope);
        if (scope.Level == SchemaLevel.Root || schema.EmbeddedResource)
        {
            CheckTypeMeta(keywords, schema, "kind");
            CheckTypeMeta(keywords, schema, "apiVersion");
            CheckMetadata(keywords, schema, scope);
        }
    }

    private static void CheckType(SchemaKeywords keywords, StructuralSchema schema, SchemaScope scope)
    {
        const string Embedded = "must be object if x-kubernetes-embedded-resource is true";
        bool wrongName = schema.Type == SchemaType.None && !string.IsNullOrEmpty(keywords.Json["type"]?.ToString());
        if (wrongName)
        {
            return;
        }

        if (schema.EmbeddedResource && schema.Type == SchemaType.None)
        {
            keywords.Require("type", Embedded);
        }
        else if (schema.EmbeddedResource && schema.Type != SchemaType.Object)
        {
            keywords.Refuse("type", schema.Type.Name(), Embedded);
        }
        else if (schema.Type == SchemaType.None && !schema.IntOrString && !schema.PreserveUnknownFields)
        {
            keywords.Require("type", scope.Level switch
            {
                SchemaLevel.Root => "must not be empty at the root",
                SchemaLevel.Item => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            });
        }

        if (scope.Level == SchemaLevel.Root && schema.Type is not (SchemaType.Object or SchemaType.None))
        {
            keywords.Refuse("type", schema.Type.Name(), "must be object at the root");
        }
    }

    private static void CheckExclusions(SchemaKeywords keywords, StructuralSchema schema, SchemaScope scope)
    {
        JsonNode? additional = keywords.Json["additionalProperties"];
        if (additional is not null)
        {
            bool open = additional is JsonValue value && value.TryGetValue(out bool any) && any;
            if (schema.Properties.Count > 0 && !open)
            {
                keywords.Forbid("additionalProperties", "additionalProperties and properties are mutual exclusive");
            }

            if (scope.Level == SchemaLevel.Root)
            {
                keywords.Forbid("additionalProperties", "must not be used at the root");
            }

            if (schema.EmbeddedResource)
            {
                keywords.Forbid("additionalProperties", "must not be used if x-kubernetes-embedded-resource is set");
            }
        }

        if (schema.IntOrString && schema.PreserveUnknownFields)
        {
            keywords.Refuse("x-kubernetes-preserve-unknown-fields", true, "must be false if x-kubernetes-int-or-string is true");
        }

        if (schema.IntOrString && schema.EmbeddedResource)
        {
            keywords.Refuse("x-kubernetes-embedded-resource", true, "must be false if x-kubernetes-int-or-string is true");
        }

        if (schema.EmbeddedResource && !schema.PreserveUnknownFields && schema.Properties.Count == 0)
        {
            keywords.Require(
                "properties",
                "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields");
        }
    }

    private static void CheckTypeMeta(SchemaKeywords keywords, StructuralSchema schema, string name)
    {
        if (schema.Properties.TryGetValue(name, out StructuralSchema? meta) && meta.Type != SchemaType.String)
        {
            keywords.Errors.Add(FieldError.Invalid(Property(keywords, name).Child("type"), meta.Type.Name(), "must be string"));
        }
    }

    private static void CheckMetadata(SchemaKeywords keywords, StructuralSchema schema, SchemaScope scope)
    {
        if (!schema.Properties.TryGetValue("metadata", out StructuralSchema? meta))
        {
            return;
        }

        if (meta.Type != SchemaType.Object)
        {
            keywords.Errors.Add(FieldError.Invalid(Property(keywords, "metadata").Child("type"), meta.Type.Name(), "must be object"));
        }

        bool restricts = keywords.Json["properties"]!["metadata"] is JsonObject json
            && (json.Any(static k => k.Value is not null && !FreeInMetadata.Contains(k.Key)) || !meta.Properties.Keys.All(IsFreeName));
        if (scope.Level == SchemaLevel.Root && restricts)
        {
            keywords.Errors.Add(FieldError.Forbidden(
                Property(keywords, "metadata"),
                "must not specify anything other than name and generateName, but metadata is implicitly specified"));
        }
    }

    private static bool IsFreeName(string name) => name is "name" or "generateName";

    private static FieldPath Property(SchemaKeywords keywords, string name) => keywords.At.Child("properties").Key(name);
}
