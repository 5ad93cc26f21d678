namespace KubeFed.ApiMachinery.Schemas;

/// <summary>The names of <see cref="SchemaType"/> in a schema.</summary>
internal static class SchemaTypes
{
    /// <summary>The name; empty for <see cref="SchemaType.None"/>.</summary>
    public static string Name(this SchemaType type) => type switch
    {
        SchemaType.Object => "object",
        SchemaType.Array => "array",
        SchemaType.String => "string",
        SchemaType.Integer => "integer",
        SchemaType.Number => "number",
        SchemaType.Boolean => "boolean",
        _ => string.Empty,
    };

    /// <summary>The type of the name; <see cref="SchemaType.None"/> for one that is none.</summary>
    public static SchemaType Parse(string name) => name switch
    {
        "object" => SchemaType.Object,
        "array" => SchemaType.Array,
        "string" => SchemaType.String,
        "integer" => SchemaType.Integer,
        "number" => SchemaType.Number,
        "boolean" => SchemaType.Boolean,
        _ => SchemaType.None,
    };
}
