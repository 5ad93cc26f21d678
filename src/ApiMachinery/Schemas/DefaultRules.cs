using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Checks that every default is what the schema itself accepts.</summary>
internal static class DefaultRules
{
    public static void Check(StructuralSchema schema, FieldPath at, FieldErrorList errors)
    {
        if (schema.Default is { } value)
        {
            CheckOne(value, schema, at.Child("default"), errors);
        }

        if (!schema.Plan.HasDefaults)
        {
            return;
        }

        if (schema.Items is { } items)
        {
            Check(items, at.Child("items"), errors);
        }

        if (schema.AdditionalProperties is { } values)
        {
            Check(values, at.Child("additionalProperties"), errors);
        }

        foreach ((string name, StructuralSchema property) in schema.Properties)
        {
            Check(property, at.Child("properties").Key(name), errors);
        }
    }

    private static void CheckOne(JsonNode value, StructuralSchema schema, FieldPath at, FieldErrorList errors)
    {
        if (SchemaPruner.Prune(value.DeepClone(), schema, schema.EmbeddedResource).Count > 0)
        {
            errors.Add(FieldError.Invalid(at, FieldValue.From(value), "must not have unknown fields"));
        }

        int before = errors.Count;
        if (schema.EmbeddedResource || schema.Plan.HasEmbedded)
        {
            CheckEmbedded(value, schema, at, errors);
        }

        if (errors.Count == before)
        {
            errors.AddRange(SchemaValidator.ValidateValues(value, null, schema, at.ToString()));
        }
    }

    private static void CheckEmbedded(JsonNode value, StructuralSchema schema, FieldPath at, FieldErrorList errors)
    {
        try
        {
            List<string>? unknown = null;
            EmbeddedResources.Coerce(value.DeepClone(), schema, at, ref unknown);
            EmbeddedResources.Validate(value, schema, at, errors);
        }
        catch (ObjectCoercionException e)
        {
            errors.Add(FieldError.Invalid(at, FieldValue.From(value), "must result in valid metadata: " + e.Message));
        }
    }
}
