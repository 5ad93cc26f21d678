namespace KubeFed.ApiMachinery.Selectors;

/// <summary>A compiled label selector: all of its requirements must be met. Immutable and safe to share.</summary>
public sealed class Selector : IEquatable<Selector>
{
    private readonly Requirement[] _requirements;
    private readonly bool _nothing;

    private Selector(Requirement[] requirements, bool nothing)
    {
        _requirements = requirements;
        _nothing = nothing;
    }

    /// <summary>The selector that every object matches.</summary>
    public static Selector Everything { get; } = new([], nothing: false);

    /// <summary>The selector that no object matches. It has no text form.</summary>
    public static Selector Nothing { get; } = new([], nothing: true);

    /// <summary>Whether every object matches.</summary>
    public bool IsEverything => !_nothing && _requirements.Length == 0;

    /// <summary>Whether no object can match.</summary>
    public bool IsNothing => _nothing;

    /// <summary>The requirements, sorted by key.</summary>
    public IReadOnlyList<Requirement> Requirements => _requirements;

    /// <summary>The selector of the requirements.</summary>
    public static Selector Of(params IEnumerable<Requirement> requirements)
    {
        Requirement[] sorted = [.. requirements.OrderBy(static r => r.Key, StringComparer.Ordinal)];
        return sorted.Length == 0 ? Everything : new Selector(sorted, nothing: false);
    }

    /// <summary>The selector of objects that carry all of these labels.</summary>
    /// <exception cref="SelectorFormatException">A key or a value is not that of a label.</exception>
    public static Selector OfLabels(IEnumerable<KeyValuePair<string, string>> labels) =>
        Of(labels.Select(static label => Requirement.Create(label.Key, SelectorOperator.Equals, label.Value)));

    /// <summary>Reads a selector in the grammar of kubectl's <c>--selector</c>.</summary>
    /// <exception cref="SelectorFormatException">The text is not a selector.</exception>
    public static Selector Parse(string text) => LabelSelectorParser.Parse(text);

    /// <summary>The selector of objects that match this one and the requirements.</summary>
    public Selector And(params IEnumerable<Requirement> requirements) => _nothing ? this : Of(_requirements.Concat(requirements));

    /// <summary>Whether an object with these labels matches.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (Requirement requirement in _requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return !_nothing;
    }

    /// <summary>Whether matching objects must carry <paramref name="key"/> with one certain value.</summary>
    public bool TryGetExactMatch(string key, out string value)
    {
        foreach (Requirement requirement in _requirements)
        {
            if (requirement.Key == key
                && requirement.Operator is SelectorOperator.Equals or SelectorOperator.DoubleEquals or SelectorOperator.In
                && requirement.Values.Count == 1)
            {
                value = requirement.Values[0];
                return true;
            }
        }

        value = string.Empty;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(Selector? other) =>
        other is not null && _nothing == other._nothing && _requirements.AsSpan().SequenceEqual(other._requirements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Selector);

    /// <inheritdoc/>
    public override int GetHashCode() => _requirements.Aggregate(_nothing ? 1 : 0, HashCode.Combine);

    /// <summary>The selector in kubectl's grammar, sorted by key; empty for <see cref="Everything"/> and <see cref="Nothing"/>.</summary>
    public override string ToString() => string.Join<Requirement>(',', _requirements);
}
