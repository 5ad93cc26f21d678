using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// A node of a structural schema, the schema that every custom resource has: it says the type of every value, so that objects can be
/// pruned, defaulted, validated, merged by their fields and published as OpenAPI. Immutable; safe to share between threads. Two schemas are
/// equal only if they are the same one.
/// Source: apiextensions.k8s.io/v1, "Specifying a structural schema".
/// </summary>
public sealed record StructuralSchema
{
    private SchemaPlan? _plan;

    /// <summary>A value of which nothing is known: nothing below is pruned, validated or defaulted.</summary>
    public static StructuralSchema Unknown { get; } = new() { PreserveUnknownFields = true };

    /// <summary>What <c>additionalProperties: true</c> says of the values: any scalar, and of objects nothing is kept.</summary>
    public static StructuralSchema AnyScalar { get; } = new();

    /// <summary>The JSON type.</summary>
    public SchemaType Type { get; init; }

    /// <summary>
    /// The name of the definition that the schema was read from, under which documents publish it once for all that share it; null for a
    /// schema of its own. See <see cref="SchemaDefinitions"/>.
    /// </summary>
    public string? DefinitionName { get; init; }

    /// <summary>The value's name, for people.</summary>
    public string? Title { get; init; }

    /// <summary>What the value means, for people.</summary>
    public string? Description { get; init; }

    /// <summary>Whether <c>null</c> is a value.</summary>
    public bool Nullable { get; init; }

    /// <summary>What a missing value becomes; null when it stays missing. The node must not be changed.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>The members of an object.</summary>
    public IReadOnlyDictionary<string, StructuralSchema> Properties { get; init; } =
        new Dictionary<string, StructuralSchema>(StringComparer.Ordinal);

    /// <summary>The values of a map; null where the object is not a map. Excludes <see cref="Properties"/>.</summary>
    public StructuralSchema? AdditionalProperties { get; init; }

    /// <summary>The items of a list.</summary>
    public StructuralSchema? Items { get; init; }

    /// <summary>Whether members that are not specified are kept (<c>x-kubernetes-preserve-unknown-fields</c>).</summary>
    public bool PreserveUnknownFields { get; init; }

    /// <summary>Whether the value is a whole Kubernetes object (<c>x-kubernetes-embedded-resource</c>).</summary>
    public bool EmbeddedResource { get; init; }

    /// <summary>Whether the value is a whole number or a string (<c>x-kubernetes-int-or-string</c>).</summary>
    public bool IntOrString { get; init; }

    /// <summary>How items are told apart (<c>x-kubernetes-list-type</c>).</summary>
    public ListType ListType { get; init; }

    /// <summary>The key fields of a list of type <see cref="Schemas.ListType.Map"/>.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary>Whether the object is owned and replaced as a whole (<c>x-kubernetes-map-type: atomic</c>).</summary>
    public bool AtomicMap { get; init; }

    /// <summary>The list type as the schema gives it; null where it gives none, which is not quite <c>atomic</c>: such items have a place.</summary>
    public string? ListTypeText { get; init; }

    /// <summary>The map type as the schema gives it; null where it gives none.</summary>
    public string? MapTypeText { get; init; }

    /// <summary>The key by which a strategic merge patch tells items apart (<c>x-kubernetes-patch-merge-key</c>).</summary>
    public string? PatchMergeKey { get; init; }

    /// <summary>How a strategic merge patch treats the field: merge, replace, retainKeys (<c>x-kubernetes-patch-strategy</c>, split at commas).</summary>
    public IReadOnlyList<string> PatchStrategies { get; init; } = [];

    /// <summary>The keywords that only validate.</summary>
    public ValueValidation Validation { get; init; } = ValueValidation.None;

    /// <summary>The rules in CEL (<c>x-kubernetes-validations</c>).</summary>
    public IReadOnlyList<ValidationRule> Rules { get; init; } = [];

    /// <summary>What was worked out of the schema once, for all that use it. A copy made by <c>with</c> gets its own.</summary>
    internal SchemaPlan Plan => _plan is { } plan && ReferenceEquals(plan.Schema, this) ? plan : _plan = new SchemaPlan(this);

    /// <inheritdoc/>
    public bool Equals(StructuralSchema? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
