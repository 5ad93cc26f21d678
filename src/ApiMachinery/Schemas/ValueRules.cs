using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>What a value must be, compiled: of a node of a schema, or of a branch of allOf, anyOf, oneOf or not.</summary>
internal sealed class ValueRules
{
    private readonly FrozenSet<string>? _enumTexts;

    public ValueRules(StructuralSchema schema)
        : this(schema.Validation, schema.Type)
    {
        IntOrString = schema.IntOrString && schema.Type == SchemaType.None;
        Nullable = schema.Nullable;
        ListType = schema.ListType;
        HasPlaces = schema.ListTypeText is null;
        ListMapKeys = schema.ListMapKeys;
        Items = schema.Items?.Plan.Rules;
        Values = schema.AdditionalProperties?.Plan.Rules;
        Properties = schema.Properties.ToFrozenDictionary(static p => p.Key, static p => p.Value.Plan.Rules, StringComparer.Ordinal);
        Trivial = IsTrivial();
    }

    private ValueRules(NestedValidation nested)
        : this(nested.Validation, nested.Type)
    {
        Items = nested.Items is { } items ? new ValueRules(items) : null;
        Values = nested.AdditionalProperties is { } values ? new ValueRules(values) : null;
        Properties = nested.Properties.ToFrozenDictionary(static p => p.Key, static p => new ValueRules(p.Value), StringComparer.Ordinal);
        Trivial = IsTrivial();
    }

    private ValueRules(ValueValidation validation, SchemaType type)
    {
        Validation = validation;
        Type = type;
        Pattern = validation.CompiledPattern;
        if (Pattern is null && validation.Pattern is { } pattern && Re2.TryCompile(pattern, out Regex? regex, out _))
        {
            Pattern = regex;
        }

        Format = SchemaFormats.Find(validation.Format);
        AllOf = [.. validation.AllOf.Select(static b => new ValueRules(b))];
        AnyOf = [.. validation.AnyOf.Select(static b => new ValueRules(b))];
        OneOf = [.. validation.OneOf.Select(static b => new ValueRules(b))];
        Not = validation.Not is { } not ? new ValueRules(not) : null;
        ChecksText = Pattern is not null || Format is not null || validation.MinLength is not null || validation.MaxLength is not null;
        bool texts = validation.Enum.Count > 0 && validation.Enum.All(static v => v?.GetValueKind() == JsonValueKind.String);
        _enumTexts = texts ? validation.Enum.Select(static v => v!.ToString()).ToFrozenSet(StringComparer.Ordinal) : null;
    }

    public ValueValidation Validation { get; }

    public SchemaType Type { get; }

    public bool IntOrString { get; }

    public bool Nullable { get; }

    public ListType ListType { get; }

    /// <summary>Whether items of a list stand for those that had their place before.</summary>
    public bool HasPlaces { get; }

    public IReadOnlyList<string> ListMapKeys { get; } = [];

    public Regex? Pattern { get; }

    public Func<string, bool>? Format { get; }

    public bool ChecksText { get; }

    public ValueRules[] AllOf { get; }

    public ValueRules[] AnyOf { get; }

    public ValueRules[] OneOf { get; }

    public ValueRules? Not { get; }

    public ValueRules? Items { get; }

    public ValueRules? Values { get; }

    public FrozenDictionary<string, ValueRules> Properties { get; } = FrozenDictionary<string, ValueRules>.Empty;

    /// <summary>Whether any value at all will do.</summary>
    public bool Trivial { get; }

    /// <summary>Whether anything but the type, the members and the items is asked.</summary>
    public bool HasBranches => AllOf.Length + AnyOf.Length + OneOf.Length > 0 || Not is not null;

    public bool AllowsByEnum(JsonNode? value)
    {
        if (Validation.Enum.Count == 0)
        {
            return true;
        }

        if (_enumTexts is not null)
        {
            return value is JsonValue scalar && scalar.TryGetValue(out string? text) && _enumTexts.Contains(text);
        }

        return Validation.Enum.Any(allowed => JsonNode.DeepEquals(allowed, value));
    }

    private bool IsTrivial() =>
        Type == SchemaType.None
        && !IntOrString
        && Validation == ValueValidation.None
        && (Items?.Trivial ?? true)
        && (Values?.Trivial ?? true)
        && Properties.Values.All(static p => p.Trivial);
}
