namespace KubeFed.ApiMachinery.Schemas;

/// <summary>A branch of <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> or <c>not</c>: it validates, and specifies no fields. Immutable.</summary>
public sealed record NestedValidation
{
    /// <summary>What the value itself must be.</summary>
    public ValueValidation Validation { get; init; } = ValueValidation.None;

    /// <summary>What its members must be.</summary>
    public IReadOnlyDictionary<string, NestedValidation> Properties { get; init; } = new Dictionary<string, NestedValidation>(StringComparer.Ordinal);

    /// <summary>What the values of a map must be.</summary>
    public NestedValidation? AdditionalProperties { get; init; }

    /// <summary>What its items must be.</summary>
    public NestedValidation? Items { get; init; }

    /// <summary>The type asked for by the two idioms of an int-or-string; else <see cref="SchemaType.None"/>.</summary>
    public SchemaType Type { get; init; }
}
