using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>A schema as merging needs it: one node a type, with the path steps of its fields made beforehand.</summary>
internal sealed class TypeNode
{
    private static readonly Dictionary<string, TypeField> None = [];

    public static readonly TypeNode Untyped = new() { Shape = TypeShape.Untyped };
    public static readonly TypeNode Ignored = new() { Shape = TypeShape.Ignored };
    public static readonly TypeNode AnyScalar = new() { Shape = TypeShape.Scalar };
    public static readonly TypeNode String = new() { Shape = TypeShape.Scalar, Scalar = SchemaType.String };
    public static readonly TypeNode Number = new() { Shape = TypeShape.Scalar, Scalar = SchemaType.Number };
    public static readonly TypeNode Boolean = new() { Shape = TypeShape.Scalar, Scalar = SchemaType.Boolean };

    public required TypeShape Shape { get; init; }

    /// <summary>Owned and replaced as a whole.</summary>
    public bool Atomic { get; init; }

    public SchemaType Scalar { get; init; }

    public Dictionary<string, TypeField> Fields { get; init; } = None;

    /// <summary>The type of items, or of members that are no fields; null where there may be none.</summary>
    public TypeNode? Element { get; init; }

    /// <summary>The key fields of the items, sorted; empty for a set.</summary>
    public string[] Keys
    {
        get;
        init
        {
            field = value;
            KeyPrefix = value.Length == 1 && GoJsonString.IsPlain(value[0]) ? $"k:{{\"{value[0]}\":\"" : null;
        }
    } = [];

    /// <summary>What the step to an item begins with where there is one key and it has a plain text; else null.</summary>
    public string? KeyPrefix { get; private init; }

    /// <summary>What a key that an item leaves out stands for; parallel to <see cref="Keys"/>.</summary>
    public JsonNode?[] KeyDefaults { get; init; } = [];

    /// <summary>The type of a member and the step to it.</summary>
    public TypeNode? Member(string name, out string key, out bool declared)
    {
        if (Fields.TryGetValue(name, out var field))
        {
            key = field.Key;
            declared = true;
            return field.Type;
        }

        key = PathKey.Field(name);
        declared = false;
        return Shape == TypeShape.Untyped ? Untyped : Element;
    }

    /// <summary>The type below a step of a field set; null where the schema has none.</summary>
    public TypeNode? Below(string key)
    {
        if (Shape == TypeShape.Untyped)
        {
            return Untyped;
        }

        if (!PathKey.IsField(key))
        {
            return Shape == TypeShape.List ? Element : null;
        }

        return Shape == TypeShape.Map ? Member(key[2..], out _, out _) : null;
    }
}
