using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Writes the keywords that only validate.</summary>
internal static class ValidationWriter
{
    /// <param name="json">The schema to add to.</param>
    /// <param name="validation">What to write.</param>
    /// <param name="v2">Whether the branches are left out.</param>
    /// <param name="isOptional">Which members are not to be written as required; null for none.</param>
    public static void Write(JsonObject json, ValueValidation validation, bool v2, Func<string, bool>? isOptional)
    {
        SchemaWriter.Text(json, "format", validation.Format);
        Number(json, "minimum", validation.Minimum);
        SchemaWriter.Flag(json, "exclusiveMinimum", validation.ExclusiveMinimum);
        Number(json, "maximum", validation.Maximum);
        SchemaWriter.Flag(json, "exclusiveMaximum", validation.ExclusiveMaximum);
        Number(json, "multipleOf", validation.MultipleOf);
        Count(json, "minLength", validation.MinLength);
        Count(json, "maxLength", validation.MaxLength);
        SchemaWriter.Text(json, "pattern", validation.Pattern);
        Count(json, "minItems", validation.MinItems);
        Count(json, "maxItems", validation.MaxItems);
        Count(json, "minProperties", validation.MinProperties);
        Count(json, "maxProperties", validation.MaxProperties);
        List<string> required = [.. validation.Required.Where(r => isOptional?.Invoke(r) != true)];
        if (required.Count > 0)
        {
            json["required"] = SchemaWriter.Texts(required);
        }

        if (validation.Enum.Count > 0)
        {
            json["enum"] = new JsonArray([.. validation.Enum.Select(static v => v?.DeepClone())]);
        }

        if (!v2)
        {
            Branches(json, validation);
        }
    }

    private static void Branches(JsonObject json, ValueValidation validation)
    {
        Branches(json, "allOf", validation.AllOf);
        Branches(json, "anyOf", validation.AnyOf);
        Branches(json, "oneOf", validation.OneOf);
        if (validation.Not is { } not)
        {
            json["not"] = Branch(not);
        }
    }

    private static void Branches(JsonObject json, string name, IReadOnlyList<NestedValidation> branches)
    {
        if (branches.Count > 0)
        {
            json[name] = new JsonArray([.. branches.Select(Branch)]);
        }
    }

    private static JsonObject Branch(NestedValidation nested)
    {
        var json = new JsonObject();
        SchemaWriter.Text(json, "type", nested.Type.Name());
        Write(json, nested.Validation, v2: false, isOptional: null);
        if (nested.Items is { } items)
        {
            json["items"] = Branch(items);
        }

        if (nested.AdditionalProperties is { } values)
        {
            json["additionalProperties"] = Branch(values);
        }

        if (nested.Properties.Count > 0)
        {
            json["properties"] = new JsonObject(nested.Properties
                .OrderBy(static p => p.Key, StringComparer.Ordinal)
                .Select(static p => new KeyValuePair<string, JsonNode?>(p.Key, Branch(p.Value))));
        }

        return json;
    }

    private static void Number(JsonObject json, string name, double? number)
    {
        if (number is { } value)
        {
            json[name] = double.IsInteger(value) && Math.Abs(value) < 1L << 53 ? JsonValue.Create((long)value) : JsonValue.Create(value);
        }
    }

    private static void Count(JsonObject json, string name, long? count)
    {
        if (count is { } value)
        {
            json[name] = value;
        }
    }
}
