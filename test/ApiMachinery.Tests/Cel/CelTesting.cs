using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Cel;
using KubeFed.ApiMachinery.Cel.Values;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Cel;

/// <summary>Short ways to compile and evaluate.</summary>
internal static class CelTesting
{
    public const long Limit = 1_000_000;

    /// <summary>The value as text, or <c>error: reason</c>, or <c>compile: message</c>.</summary>
    public static string Run(string expression)
    {
        try
        {
            return new CelEnvironment().Compile(expression).Evaluate([], Limit, out _).ToString();
        }
        catch (CelCompileException e)
        {
            return "compile: " + e.Issues[0].Message;
        }
    }

    /// <summary>The same with <c>self</c> of a schema.</summary>
    public static string Run(string expression, StructuralSchema schema, string json)
    {
        CelShape shape = CelShape.From(schema, resource: false, "selfType")!;
        try
        {
            CelValue self = CelJson.Read(JsonNode.Parse(json), shape);
            return new CelEnvironment(("self", shape.Type)).Compile(expression).Evaluate([self], Limit, out _).ToString();
        }
        catch (CelCompileException e)
        {
            return "compile: " + e.Issues[0].Message;
        }
    }

    public static StructuralSchema Object(params (string Name, StructuralSchema Schema)[] properties) => new()
    {
        Type = SchemaType.Object,
        Properties = properties.ToDictionary(static p => p.Name, static p => p.Schema, StringComparer.Ordinal),
    };

    public static StructuralSchema MapOf(StructuralSchema values) => new() { Type = SchemaType.Object, AdditionalProperties = values };

    public static StructuralSchema ListOf(StructuralSchema items, ListType type = ListType.Atomic, params string[] keys) =>
        new() { Type = SchemaType.Array, Items = items, ListType = type, ListMapKeys = keys };

    public static StructuralSchema Text(string? format = null) => new() { Type = SchemaType.String, Validation = new ValueValidation { Format = format } };

    public static StructuralSchema Int() => new() { Type = SchemaType.Integer };

    public static StructuralSchema Number() => new() { Type = SchemaType.Number };

    public static StructuralSchema Bool() => new() { Type = SchemaType.Boolean };
}
