using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>
/// What a structural schema makes of a value: its type, and how its JSON is read. Fields that the schema does not describe are unknown
/// to expressions. Immutable.
/// </summary>
internal sealed class CelShape
{
    public static readonly CelShape Any = new(CelSchemaKind.Any, CelType.Dynamic);

    private CelShape(CelSchemaKind kind, CelType type)
    {
        Kind = kind;
        Type = type;
    }

    public CelSchemaKind Kind { get; }

    public CelType Type { get; }

    /// <summary>The shape of items or of the values of a map.</summary>
    public CelShape? Element { get; private init; }

    /// <summary>The fields by their names in JSON.</summary>
    public Dictionary<string, CelShape> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The names in JSON by the names that expressions write.</summary>
    public Dictionary<string, string> Escaped { get; } = new(StringComparer.Ordinal);

    public ListType ListType { get; private init; }

    /// <summary>The key fields of the items, as expressions write them.</summary>
    public IReadOnlyList<string> Keys { get; private init; } = [];

    /// <summary>Whether lists are compared whatever their order.</summary>
    public bool IsKeyed => ListType != ListType.Atomic;

    /// <summary>The shape of a schema; null if expressions cannot see such values.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="resource">Whether the value is a whole object, of whose metadata only the names are visible.</param>
    /// <param name="name">The name of the type in messages.</param>
    public static CelShape? From(StructuralSchema schema, bool resource, string name)
    {
        if (schema.IntOrString)
        {
            return Any;
        }

        return schema.Type switch
        {
            SchemaType.Object => Object(schema, resource || schema.EmbeddedResource, name),
            SchemaType.Array => List(schema, name),
            SchemaType.String => Text(schema.Validation.Format),
            SchemaType.Integer => new CelShape(CelSchemaKind.Int, CelType.Int),
            SchemaType.Number => new CelShape(CelSchemaKind.Double, CelType.Double),
            SchemaType.Boolean => new CelShape(CelSchemaKind.Bool, CelType.Bool),
            _ => null,
        };
    }

    private static CelShape? Object(StructuralSchema schema, bool resource, string name)
    {
        if (schema.AdditionalProperties is { } values)
        {
            return From(values, values.EmbeddedResource, name + ".@values") is { } element
                ? new CelShape(CelSchemaKind.Map, CelType.MapOf(CelType.String, element.Type)) { Element = element }
                : null;
        }

        var fields = new Dictionary<string, CelType>(StringComparer.Ordinal);
        var members = new List<(string Name, CelShape Shape)>();
        foreach ((string property, StructuralSchema child) in schema.Properties)
        {
            if (!(resource && property is "apiVersion" or "kind" or "metadata")
                && From(child, child.EmbeddedResource, $"{name}.{property}") is { } shape)
            {
                members.Add((property, shape));
            }
        }

        if (resource)
        {
            var text = new CelShape(CelSchemaKind.String, CelType.String);
            members.AddRange([("apiVersion", text), ("kind", text), ("metadata", Fields($"{name}.metadata", [("name", text), ("generateName", text)], []))]);
        }

        return Fields(name, members, fields);
    }

    private static CelShape Fields(string name, List<(string Name, CelShape Shape)> members, Dictionary<string, CelType> fields)
    {
        foreach ((string property, CelShape shape) in members)
        {
            if (CelNames.Escape(property) is { } escaped)
            {
                fields[escaped] = shape.Type;
            }
        }

        var result = new CelShape(CelSchemaKind.Object, CelType.ObjectOf(name, fields));
        foreach ((string property, CelShape shape) in members)
        {
            result.Properties[property] = shape;
            if (CelNames.Escape(property) is { } escaped)
            {
                result.Escaped[escaped] = property;
            }
        }

        return result;
    }

    private static CelShape? List(StructuralSchema schema, string name)
    {
        if (schema.Items is not { } items || From(items, items.EmbeddedResource, name + ".@idx") is not { } element)
        {
            return null;
        }

        return new CelShape(CelSchemaKind.List, CelType.ListOf(element.Type))
        {
            Element = element,
            ListType = schema.ListType,
            Keys = [.. schema.ListMapKeys.Select(static k => CelNames.Escape(k) ?? k)],
        };
    }

    private static CelShape Text(string? format) => format switch
    {
        "byte" => new CelShape(CelSchemaKind.Bytes, CelType.Bytes),
        "duration" => new CelShape(CelSchemaKind.Duration, CelType.Duration),
        "date" => new CelShape(CelSchemaKind.Date, CelType.Timestamp),
        "date-time" => new CelShape(CelSchemaKind.Timestamp, CelType.Timestamp),
        _ => new CelShape(CelSchemaKind.String, CelType.String),
    };
}
