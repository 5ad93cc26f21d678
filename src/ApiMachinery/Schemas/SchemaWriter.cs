using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Writes the JSON of one schema and all below it.</summary>
internal static class SchemaWriter
{
    /// <param name="schema">The schema.</param>
    /// <param name="v2">Whether OpenAPI v2 is written.</param>
    /// <param name="addMeta">Adds what every whole Kubernetes object has.</param>
    /// <param name="references">Gets the schemas that are referred to by name; null to write them where they are used.</param>
    /// <param name="isRoot">Whether the schema itself is written, even if it has a name.</param>
    public static JsonObject Write(
        StructuralSchema schema, bool v2, Action<JsonObject, bool> addMeta, ICollection<StructuralSchema>? references, bool isRoot = false)
    {
        if (!isRoot && references is not null && schema.DefinitionName is { } name)
        {
            references.Add(schema);
            return Reference(schema, name, v2);
        }

        bool bare = v2 && (schema.Nullable || schema.PreserveUnknownFields);
        bool untyped = v2
            && (schema.Nullable
                || (schema.PreserveUnknownFields && schema.Type == SchemaType.Object)
                || (schema.Type == SchemaType.Array && (bare || schema.Items is null)));
        var json = new JsonObject();
        Text(json, "title", schema.Title);
        Text(json, "description", schema.Description);
        Text(json, "type", untyped ? null : schema.Type.Name());
        if (schema.Nullable && !v2)
        {
            json["nullable"] = true;
        }

        if (schema.Default is { } value)
        {
            json["default"] = value.DeepClone();
        }

        ValidationWriter.Write(json, schema.Validation, v2, v2 ? property => schema.Properties.GetValueOrDefault(property)?.Nullable == true : null);
        if (v2 && schema.AdditionalProperties?.Nullable == true)
        {
            json.Remove("required");
        }

        Below(json, schema, bare, v2, addMeta, references);
        Extensions(json, schema);
        if (schema.EmbeddedResource && !(v2 && schema.PreserveUnknownFields))
        {
            addMeta(json, v2);
            Require(json, "kind");
            Require(json, "apiVersion");
        }

        return json;
    }

    private static JsonObject Reference(StructuralSchema schema, string name, bool v2)
    {
        var json = new JsonObject();
        Text(json, "description", schema.Description);
        var link = new JsonObject { ["$ref"] = (v2 ? "#/definitions/" : "#/components/schemas/") + name };
        if (v2)
        {
            json["$ref"] = link["$ref"]!.DeepClone();
        }
        else
        {
            json["allOf"] = new JsonArray(link);
        }

        if (schema.Default is { } value)
        {
            json["default"] = value.DeepClone();
        }

        return json;
    }

    private static void Below(
        JsonObject json, StructuralSchema schema, bool bare, bool v2, Action<JsonObject, bool> addMeta, ICollection<StructuralSchema>? references)
    {
        if (!bare && schema.Items is { } items)
        {
            json["items"] = Write(items, v2, addMeta, references);
        }

        if (!bare && schema.Properties.Count > 0)
        {
            json["properties"] = new JsonObject(schema.Properties
                .OrderBy(static p => p.Key, StringComparer.Ordinal)
                .Select(p => new KeyValuePair<string, JsonNode?>(p.Key, Write(p.Value, v2, addMeta, references))));
        }

        if (schema.AdditionalProperties is { } values)
        {
            json["additionalProperties"] = ReferenceEquals(values, StructuralSchema.AnyScalar) ? true : Write(values, v2, addMeta, references);
        }
    }

    private static void Extensions(JsonObject json, StructuralSchema schema)
    {
        Flag(json, "x-kubernetes-embedded-resource", schema.EmbeddedResource);
        Flag(json, "x-kubernetes-int-or-string", schema.IntOrString);
        Flag(json, "x-kubernetes-preserve-unknown-fields", schema.PreserveUnknownFields);
        if (schema.ListMapKeys.Count > 0)
        {
            json["x-kubernetes-list-map-keys"] = Texts(schema.ListMapKeys);
        }

        Text(json, "x-kubernetes-list-type", schema.ListTypeText);
        Text(json, "x-kubernetes-map-type", schema.MapTypeText);
        Text(json, "x-kubernetes-patch-merge-key", schema.PatchMergeKey);
        Text(json, "x-kubernetes-patch-strategy", string.Join(',', schema.PatchStrategies));
        if (schema.Rules.Count > 0)
        {
            json["x-kubernetes-validations"] = new JsonArray([.. schema.Rules.Select(Rule)]);
        }
    }

    private static JsonObject Rule(ValidationRule rule)
    {
        var json = new JsonObject { ["rule"] = rule.Rule };
        Text(json, "message", rule.Message);
        Text(json, "messageExpression", rule.MessageExpression);
        Text(json, "reason", rule.Reason);
        Text(json, "fieldPath", rule.FieldPath);
        Flag(json, "optionalOldSelf", rule.OptionalOldSelf);
        return json;
    }

    private static void Require(JsonObject json, string name)
    {
        var required = json["required"] as JsonArray;
        if (required is null)
        {
            json["required"] = required = [];
        }

        if (!required.Any(r => r!.GetValue<string>() == name))
        {
            required.Add(name);
        }
    }

    internal static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static t => (JsonNode)t)]);

    internal static void Text(JsonObject json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json[name] = text;
        }
    }

    internal static void Flag(JsonObject json, string name, bool flag)
    {
        if (flag)
        {
            json[name] = true;
        }
    }
}
