using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Selectors;

/// <summary>One of the <c>matchExpressions</c> of a <see cref="LabelSelector"/>.</summary>
public sealed record LabelSelectorRequirement
{
    /// <summary>The operators that are allowed.</summary>
    internal const string In = "In", NotIn = "NotIn", Exists = "Exists", DoesNotExist = "DoesNotExist";

    /// <summary>The label.</summary>
    [JsonPropertyName("key")]
    public string Key { get; init; } = string.Empty;

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</summary>
    [JsonPropertyName("operator")]
    public string Operator { get; init; } = string.Empty;

    /// <summary>The values for <c>In</c> and <c>NotIn</c>; null or empty for the others.</summary>
    [JsonPropertyName("values")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Whether key, operator and values are the same, in order.</summary>
    public bool Equals(LabelSelectorRequirement? other) =>
        other is not null && Key == other.Key && Operator == other.Operator && (Values ?? []).SequenceEqual(other.Values ?? [], StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Operator, Values?.Count ?? 0);
}
