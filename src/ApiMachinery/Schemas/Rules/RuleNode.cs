using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>The compiled rules of a node of a schema and of what is below it; branches without rules are left out. Immutable.</summary>
internal sealed class RuleNode
{
    private RuleNode(StructuralSchema schema, CelShape? shape, CompiledRule[] rules)
    {
        Schema = schema;
        Shape = shape;
        Rules = rules;
    }

    public StructuralSchema Schema { get; }

    public CelShape? Shape { get; }

    public IReadOnlyList<CompiledRule> Rules { get; }

    public Dictionary<string, RuleNode> Properties { get; } = new(StringComparer.Ordinal);

    public RuleNode? Values { get; private init; }

    public RuleNode? Items { get; private init; }

    /// <summary>Compiles a schema; null if there are no rules in it.</summary>
    public static RuleNode? Compile(StructuralSchema schema) =>
        HasRules(schema) ? Compile(schema, CelShape.From(schema, resource: true, "selfType")) : null;

    private static RuleNode? Compile(StructuralSchema schema, CelShape? shape)
    {
        if (!HasRules(schema))
        {
            return null;
        }

        var node = new RuleNode(schema, shape, [.. schema.Rules.Select(r => CompiledRule.From(r, schema, shape))])
        {
            Values = schema.AdditionalProperties is { } values ? Compile(values, shape?.Element) : null,
            Items = schema.Items is { } items ? Compile(items, shape?.Element) : null,
        };
        foreach ((string name, StructuralSchema child) in schema.Properties)
        {
            if (Compile(child, shape?.Properties.GetValueOrDefault(name)) is { } property)
            {
                node.Properties[name] = property;
            }
        }

        return node;
    }

    private static bool HasRules(StructuralSchema schema) =>
        schema.Rules.Count > 0
        || (schema.Items is { } items && HasRules(items))
        || (schema.AdditionalProperties is { } values && HasRules(values))
        || schema.Properties.Values.Any(HasRules);
}
