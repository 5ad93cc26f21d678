using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// Reads the OpenAPI v3 schema of a CustomResourceDefinition (<c>openAPIV3Schema</c>) as a structural schema, with the API server's rules
/// and messages. Besides the API server's extensions it knows <c>x-kubernetes-patch-merge-key</c> and <c>x-kubernetes-patch-strategy</c>,
/// by which a type says how a strategic merge patch treats its lists.
/// </summary>
public static class SchemaParser
{
    /// <summary>Deepest nesting of a schema that is read.</summary>
    public const int MaxDepth = 512;

    /// <summary>Reads a schema. Nothing of the tree is kept: it may be changed afterwards. Never throws.</summary>
    /// <param name="openApiV3Schema">The schema of a whole object.</param>
    /// <param name="at">Where it stands, for messages, as <c>spec.versions[0].schema.openAPIV3Schema</c>.</param>
    /// <param name="errors">Gets what is wrong; the result is to be used only when nothing was added.</param>
    /// <param name="definitions">What <c>$ref</c> leads to; null where it is refused, as in custom resources.</param>
    public static StructuralSchema Parse(JsonObject openApiV3Schema, FieldPath at, FieldErrorList errors, SchemaDefinitions? definitions = null)
    {
        int before = errors.Count;
        StructuralSchema schema = new SchemaReader(errors, definitions).Read(openApiV3Schema, at);
        if (errors.Count == before)
        {
            SchemaCompleteness.Check(schema, at, errors);
            DefaultRules.Check(schema, at, errors);
        }

        return schema;
    }
}
