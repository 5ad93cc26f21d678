using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>The rules of <c>x-kubernetes-list-type</c>, <c>x-kubernetes-list-map-keys</c> and <c>x-kubernetes-map-type</c>.</summary>
internal static class ListRules
{
    private const string SetItems = "must be atomic as item of a list with x-kubernetes-list-type=set";

    public static void Check(SchemaKeywords keywords, StructuralSchema schema)
    {
        string? mapType = schema.MapTypeText;
        string? listType = schema.ListTypeText;
        if (mapType is not null)
        {
            CheckOwner(keywords, schema, SchemaType.Object, "must be object if x-kubernetes-map-type is specified");
            CheckChoice(keywords, "x-kubernetes-map-type", mapType, "atomic", "granular");
        }

        if (schema.Type == SchemaType.Array && schema.Items is null)
        {
            keywords.Require("items", "must be specified");
        }

        if (listType is not null)
        {
            CheckOwner(keywords, schema, SchemaType.Array, "must be array if x-kubernetes-list-type is specified");
            CheckChoice(keywords, "x-kubernetes-list-type", listType, "atomic", "set", "map");
        }

        if (listType != "map" && schema.ListMapKeys.Count > 0)
        {
            CheckKeysWithoutMap(keywords, listType);
        }

        if (listType is "map" or "set" && schema.Items is { } items)
        {
            CheckItems(keywords, schema, items, listType);
        }

        if (listType == "map")
        {
            CheckMap(keywords, schema);
        }
    }

    private static void CheckOwner(SchemaKeywords keywords, StructuralSchema schema, SchemaType wanted, string detail)
    {
        if (schema.Type == SchemaType.None)
        {
            keywords.Require("type", detail);
        }
        else if (schema.Type != wanted)
        {
            keywords.Refuse("type", schema.Type.Name(), detail);
        }
    }

    private static void CheckChoice(SchemaKeywords keywords, string keyword, string value, params string[] choices)
    {
        if (!choices.Contains(value))
        {
            keywords.Errors.Add(FieldError.NotSupported(keywords.At.Child(keyword), value, choices));
        }
    }

    private static void CheckKeysWithoutMap(SchemaKeywords keywords, string? listType)
    {
        const string Detail = "must be map if x-kubernetes-list-map-keys is non-empty";
        if (listType is null)
        {
            keywords.Require("x-kubernetes-list-type", Detail);
        }
        else
        {
            keywords.Refuse("x-kubernetes-list-type", listType, Detail);
        }
    }

    private static void CheckItems(SchemaKeywords keywords, StructuralSchema schema, StructuralSchema items, string listType)
    {
        FieldPath at = keywords.At.Child("items");
        if (items.Nullable)
        {
            keywords.Errors.Add(FieldError.Forbidden(at.Child("nullable"), "cannot be nullable when x-kubernetes-list-type is " + listType));
        }

        if (listType != "set" || schema.Type != SchemaType.Array)
        {
            return;
        }

        if (items is { Type: SchemaType.Array, ListType: not ListType.Atomic })
        {
            string shown = items.ListType == ListType.Set ? "set" : "map";
            keywords.Errors.Add(FieldError.Invalid(at.Child("x-kubernetes-list-type"), shown, SetItems));
        }
        else if (items is { Type: SchemaType.Object, AtomicMap: false })
        {
            keywords.Errors.Add(FieldError.Invalid(at.Child("x-kubernetes-map-type"), FieldValue.From((JsonNode?)null), SetItems));
        }
    }

    private static void CheckMap(SchemaKeywords keywords, StructuralSchema schema)
    {
        if (schema.ListMapKeys.Count == 0)
        {
            keywords.Require("x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map");
        }

        if (schema.Items is not { } items)
        {
            keywords.Require("items", "must have a schema if x-kubernetes-list-type is map");
            return;
        }

        if (items.Type != SchemaType.Object)
        {
            keywords.Errors.Add(FieldError.Invalid(
                keywords.At.Child("items").Child("type"),
                items.Type.Name(),
                "must be object if parent array's x-kubernetes-list-type is map"));
            return;
        }

        CheckKeys(keywords, schema.ListMapKeys, items);
    }

    private static void CheckKeys(SchemaKeywords keywords, IReadOnlyList<string> keys, StructuralSchema items)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string key in keys)
        {
            if (!seen.Add(key))
            {
                keywords.Refuse("x-kubernetes-list-map-keys", FieldValue.From(keys), "must not contain duplicate entries");
            }

            if (items.Properties.TryGetValue(key, out StructuralSchema? property))
            {
                CheckKey(keywords, items, key, property);
            }
            else
            {
                keywords.Refuse("x-kubernetes-list-map-keys", FieldValue.From(keys), "entries must all be names of item properties");
            }
        }
    }

    private static void CheckKey(SchemaKeywords keywords, StructuralSchema items, string key, StructuralSchema property)
    {
        FieldPath at = keywords.At.Child("items").Child("properties").Key(key);
        if (property.Type is SchemaType.Array or SchemaType.Object)
        {
            keywords.Errors.Add(FieldError.Invalid(
                at.Child("type"),
                property.Type.Name(),
                "must be a scalar type if parent array's x-kubernetes-list-type is map"));
        }

        if (property.Default is null && !items.Validation.Required.Contains(key))
        {
            keywords.Errors.Add(FieldError.Required(
                at.Child("default"),
                "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
        }

        if (property.Nullable)
        {
            keywords.Errors.Add(FieldError.Forbidden(
                at.Child("nullable"),
                "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"));
        }
    }
}
