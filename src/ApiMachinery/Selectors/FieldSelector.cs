using System.Text;

namespace KubeFed.ApiMachinery.Selectors;

/// <summary>
/// A field selector: comma-joined <c>k=v</c>, <c>k==v</c>, <c>k!=v</c>, with <c>\,</c> <c>\=</c> <c>\\</c> for these characters in values.
/// Immutable and safe to share.
/// </summary>
public sealed class FieldSelector
{
    private readonly FieldRequirement[] _requirements;

    private FieldSelector(FieldRequirement[] requirements) => _requirements = requirements;

    /// <summary>The selector that every object matches.</summary>
    public static FieldSelector Everything { get; } = new([]);

    /// <summary>Whether every object matches.</summary>
    public bool IsEverything => _requirements.Length == 0;

    /// <summary>The conditions.</summary>
    public IReadOnlyList<FieldRequirement> Requirements => _requirements;

    /// <summary>The selector of the conditions.</summary>
    public static FieldSelector Of(params IEnumerable<FieldRequirement> requirements) => new([.. requirements]);

    /// <summary>The selector of the one object of that name.</summary>
    public static FieldSelector ForName(string name) => Of(new FieldRequirement("metadata.name", Equal: true, name));

    /// <summary>Reads a selector; empty text selects everything.</summary>
    /// <exception cref="SelectorFormatException">The text is not a field selector.</exception>
    public static FieldSelector Parse(string text) => Of(
        SplitTerms(text).Order(StringComparer.Ordinal).Where(static term => term.Length > 0).Select(term => ParseTerm(text, term)));

    /// <summary>A value as it stands in a selector.</summary>
    public static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);

    /// <summary>Whether an object with these fields matches; an absent field counts as empty.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> fields)
    {
        foreach (FieldRequirement requirement in _requirements)
        {
            string value = fields.TryGetValue(requirement.Field, out string? found) ? found : string.Empty;
            if (string.Equals(value, requirement.Value, StringComparison.Ordinal) != requirement.Equal)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether matching objects must have one certain value in <paramref name="field"/>.</summary>
    public bool TryGetExactMatch(string field, out string value)
    {
        FieldRequirement? exact = Array.Find(_requirements, r => r.Equal && r.Field == field);
        value = exact?.Value ?? string.Empty;
        return exact is not null;
    }

    /// <summary>The selector in its grammar.</summary>
    public override string ToString() => string.Join<FieldRequirement>(',', _requirements);

    private static IEnumerable<string> SplitTerms(string text)
    {
        int start = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == ',')
            {
                yield return text[start..at];
                start = at + 1;
            }
        }

        yield return text[start..];
    }

    private static FieldRequirement ParseTerm(string text, string term)
    {
        int at = term.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
        {
            throw new SelectorFormatException($"invalid selector: '{text}'; can't understand '{term}'");
        }

        bool negated = at > 0 && term[at - 1] == '!';
        int value = at + (!negated && at + 1 < term.Length && term[at + 1] == '=' ? 2 : 1);
        return new FieldRequirement(term[..(negated ? at - 1 : at)], !negated, Unescape(term[value..]));
    }

    private static string Unescape(string value)
    {
        var result = new StringBuilder(value.Length);
        for (int at = 0; at < value.Length; at++)
        {
            char c = value[at];
            if (c is ',' or '=')
            {
                throw new SelectorFormatException($"invalid field selector: unescaped character in value: {(int)c}");
            }

            if (c == '\\')
            {
                c = ++at < value.Length ? value[at] : '\0';
                if (c is not ('\\' or ',' or '='))
                {
                    throw new SelectorFormatException($"invalid field selector: invalid escape sequence: {value[(at - 1)..Math.Min(at + 1, value.Length)]}");
                }
            }

            result.Append(c);
        }

        return result.ToString();
    }
}
