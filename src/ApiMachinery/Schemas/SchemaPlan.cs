using System.Collections.Frozen;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>What pruning, defaulting and validation ask of a schema again and again, worked out once.</summary>
internal sealed class SchemaPlan
{
    private readonly Lazy<ValueRules> _rules;

    public SchemaPlan(StructuralSchema schema)
    {
        Schema = schema;
        Properties = schema.Properties as FrozenDictionary<string, StructuralSchema> ?? schema.Properties.ToFrozenDictionary(StringComparer.Ordinal);
        Defaults = [.. schema.Properties.Where(static p => p.Value.Default is not null)];
        HasDefaults = Defaults.Length > 0 || Any(schema, static (s, plan) => s.Default is not null || plan.HasDefaults);
        HasEmbedded = Any(schema, static (s, plan) => s.EmbeddedResource || plan.HasEmbedded);
        HasUniqueLists = Any(schema, static (s, plan) => s.ListType != ListType.Atomic || plan.HasUniqueLists);
        HasRules = Any(schema, static (s, plan) => s.Rules.Count > 0 || plan.HasRules);
        _rules = new Lazy<ValueRules>(() => new ValueRules(schema));
    }

    /// <summary>The schema that this is of.</summary>
    public StructuralSchema Schema { get; }

    /// <summary>The members of an object.</summary>
    public FrozenDictionary<string, StructuralSchema> Properties { get; }

    /// <summary>The members that have a default.</summary>
    public KeyValuePair<string, StructuralSchema>[] Defaults { get; }

    /// <summary>Whether anything below has a default.</summary>
    public bool HasDefaults { get; }

    /// <summary>Whether anything below is a whole Kubernetes object.</summary>
    public bool HasEmbedded { get; }

    /// <summary>Whether any list below is a set or a map.</summary>
    public bool HasUniqueLists { get; }

    /// <summary>Whether anything below has a rule in CEL.</summary>
    public bool HasRules { get; }

    /// <summary>What a value of the schema must be.</summary>
    public ValueRules Rules => _rules.Value;

    private static bool Any(StructuralSchema schema, Func<StructuralSchema, SchemaPlan, bool> has) =>
        schema.Properties.Values.Any(p => has(p, p.Plan))
        || (schema.AdditionalProperties is { } values && has(values, values.Plan))
        || (schema.Items is { } items && has(items, items.Plan));
}
