namespace KubeFed.ApiMachinery.Yaml;

/// <summary>
/// Hides from the scanner the asterisks that begin a word inside an unquoted scalar, as in the key <c>a *b: c</c>: it takes such a word for
/// an alias, and reads on past the colon behind it.
/// </summary>
internal static class InnerAsterisks
{
    /// <summary>Half a surrogate pair: neither the cleaned text nor what escapes make of it has one by itself.</summary>
    private const char Hidden = '\uDC2A';

    /// <summary>The text, character for character, without asterisks that cannot be aliases.</summary>
    public static string Hide(string text)
    {
        char[]? hidden = null;
        for (int at = text.IndexOf('*', StringComparison.Ordinal); at >= 0; at = text.IndexOf('*', at + 1))
        {
            if (IsInner(text, at))
            {
                hidden ??= text.ToCharArray();
                hidden[at] = Hidden;
            }
        }

        return hidden is null ? text : new string(hidden);
    }

    /// <summary>What a scalar was before its text was hidden.</summary>
    public static string Restore(string scalar)
    {
        if (!scalar.Contains(Hidden, StringComparison.Ordinal))
        {
            return scalar;
        }

        char[] restored = scalar.ToCharArray();
        for (int at = 0; at < restored.Length; at++)
        {
            if (restored[at] == Hidden && (at == 0 || !char.IsHighSurrogate(restored[at - 1])))
            {
                restored[at] = '*';
            }
        }

        return new string(restored);
    }

    /// <summary>
    /// Whether the scanner read an unquoted scalar past the colon of a key all the same: behind a comma or a bracket, and at the start of a
    /// line, an asterisk can be either, and is not hidden.
    /// </summary>
    public static bool MisleadsScanner(string scalar)
    {
        for (int at = scalar.IndexOf('*', StringComparison.Ordinal); at >= 0; at = scalar.IndexOf('*', at + 1))
        {
            if (at > 0 && scalar[at - 1] is ' ' or '\t' && WordAt(scalar, at).EndsWith(':'))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> WordAt(string text, int at)
    {
        int length = text.AsSpan(at).IndexOfAny(' ', '\t');
        return length < 0 ? text.AsSpan(at) : text.AsSpan(at, length);
    }

    /// <summary>Whether words precede the asterisk on its line, rather than what an alias can follow.</summary>
    private static bool IsInner(string text, int at)
    {
        int before = LastNonBlank(text, at);
        if (before == at - 1 || before < 0)
        {
            return false;
        }

        return text[before] switch
        {
            ':' or ',' or '[' or '{' => false,
            '-' or '?' => !IsIndicator(text, before),
            char c => !IsBreak(c),
        };
    }

    /// <summary>Whether a dash or a question mark begins an item or a key, as nothing but others of the kind precedes it.</summary>
    private static bool IsIndicator(string text, int at)
    {
        int before = text.AsSpan(0, at).LastIndexOfAnyExcept(" \t-?:");
        return before < 0 || IsBreak(text[before]) || text[before] is ',' or '[' or '{';
    }

    private static bool IsBreak(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static int LastNonBlank(string text, int end) => text.AsSpan(0, end).LastIndexOfAnyExcept(' ', '\t');
}
