namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>The names of JSON types in schemas and messages.</summary>
internal static class SchemaTypeNames
{
    public static string Of(SchemaType type) => type switch
    {
        SchemaType.Object => "object",
        SchemaType.Array => "array",
        SchemaType.String => "string",
        SchemaType.Integer => "integer",
        SchemaType.Number => "number",
        SchemaType.Boolean => "boolean",
        _ => string.Empty,
    };
}
