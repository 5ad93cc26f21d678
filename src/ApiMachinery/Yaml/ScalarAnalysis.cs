using System.Buffers;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>Which forms can hold a string unchanged, by the rules of the emitter that the Kubernetes tools use.</summary>
/// <param name="Multiline">It has line breaks.</param>
/// <param name="PlainAllowed">It can stand unquoted in block style.</param>
/// <param name="SingleQuotedAllowed">It can stand in single quotes.</param>
/// <param name="LiteralAllowed">It can stand as a block of lines.</param>
internal readonly record struct ScalarAnalysis(bool Multiline, bool PlainAllowed, bool SingleQuotedAllowed, bool LiteralAllowed)
{
    private static readonly SearchValues<char> LeadingIndicators = SearchValues.Create("#,[]{}&*!|>'\"%@`");

    public static ScalarAnalysis Of(string text)
    {
        if (text.Length == 0)
        {
            return new ScalarAnalysis(Multiline: false, PlainAllowed: true, SingleQuotedAllowed: true, LiteralAllowed: false);
        }

        bool breaks = text.Contains('\n', StringComparison.Ordinal);
        bool special = text.AsSpan().ContainsAnyExcept(Printable) || HasUnpairedSurrogate(text);
        bool outerSpace = text[0] is ' ' or '\n' || text[^1] is ' ' or '\n';
        bool spaceThenBreak = text.Contains(" \n", StringComparison.Ordinal);
        bool breakThenSpace = text.Contains("\n ", StringComparison.Ordinal);
        return new ScalarAnalysis(
            breaks,
            PlainAllowed: !breaks && !special && !outerSpace && !HasIndicator(text),
            SingleQuotedAllowed: !special && !spaceThenBreak && !breakThenSpace,
            LiteralAllowed: !special && !spaceThenBreak && text[^1] != ' ');
    }

    /// <summary>The form in which to write <paramref name="text"/>.</summary>
    public static ScalarForm Choose(string text, bool simpleKey)
    {
        ScalarAnalysis analysis = Of(text);
        ScalarForm form = text.Contains('\n', StringComparison.Ordinal) ? ScalarForm.Literal
            : ReadsAsText(text, simpleKey) ? ScalarForm.Plain
            : ScalarForm.DoubleQuoted;
        if (form == ScalarForm.Plain && !analysis.PlainAllowed)
        {
            form = ScalarForm.SingleQuoted;
        }

        bool impossible = (form == ScalarForm.SingleQuoted && !analysis.SingleQuotedAllowed)
            || (form == ScalarForm.Literal && (simpleKey || !analysis.LiteralAllowed));
        return impossible ? ScalarForm.DoubleQuoted : form;
    }

    /// <summary>Whether a character is written as itself. Tabs, line separators and characters beyond the first plane are escaped.</summary>
    public static bool IsPrintable(char c) =>
        c is '\n' or (>= ' ' and <= '~') or (>= '\u00A0' and <= '\uD7FF' and not '\u2028' and not '\u2029') or (>= '\uE000' and <= '\uFFFD' and not '\uFEFF');

    private static SearchValues<char> Printable { get; } =
        SearchValues.Create(Enumerable.Range(0, 0x10000).Select(static c => (char)c).Where(IsPrintable).ToArray());

    private static bool HasUnpairedSurrogate(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');

    private static bool ReadsAsText(string text, bool key) =>
        PlainScalar.Resolve(text).Kind is var kind
        && (kind == ScalarKind.Text || (kind == ScalarKind.Merge && !key))
        && !PlainScalar.IsSexagesimal(text);

    private static bool HasIndicator(string text)
    {
        if (LeadingIndicators.Contains(text[0]) || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
        {
            return true;
        }

        bool leading = text[0] is '?' or ':' or '-' && (text.Length == 1 || text[1] is ' ' or '\n');
        return leading || text.Contains(": ", StringComparison.Ordinal) || text[^1] == ':' || text.Contains(" #", StringComparison.Ordinal);
    }
}
