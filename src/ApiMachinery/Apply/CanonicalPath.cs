namespace KubeFed.ApiMachinery.Apply;

/// <summary>Recognises the steps that are canonical for sure, without parsing them as JSON: plain texts and small whole numbers.</summary>
internal static class CanonicalPath
{
    private const int MaxDigits = 15;

    /// <summary>Whether a step of kind <c>v:</c> or <c>k:</c> is; false also where it takes more to know.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> text)
    {
        var at = 2;
        return text[0] == 'v' ? SkipScalar(text, ref at) && at == text.Length : IsCanonicalMap(text, at);
    }

    private static bool IsCanonicalMap(ReadOnlySpan<char> text, int at)
    {
        if (!Skip(text, ref at, '{'))
        {
            return false;
        }

        var last = 0..0;
        do
        {
            var start = at + 1;
            if (!SkipText(text, ref at))
            {
                return false;
            }

            var name = start..(at - 1);
            if (text[name].SequenceCompareTo(text[last]) <= 0 || !Skip(text, ref at, ':') || !SkipScalar(text, ref at))
            {
                return false;
            }

            last = name;
        }
        while (Skip(text, ref at, ','));

        return Skip(text, ref at, '}') && at == text.Length;
    }

    private static bool Skip(ReadOnlySpan<char> text, ref int at, char expected)
    {
        if (at >= text.Length || text[at] != expected)
        {
            return false;
        }

        at++;
        return true;
    }

    private static bool SkipText(ReadOnlySpan<char> text, ref int at)
    {
        if (!Skip(text, ref at, '"'))
        {
            return false;
        }

        var length = text[at..].IndexOf('"');
        if (length < 0 || !GoJsonString.IsPlain(text.Slice(at, length)))
        {
            return false;
        }

        at += length + 1;
        return true;
    }

    private static bool SkipScalar(ReadOnlySpan<char> text, ref int at)
    {
        if (at < text.Length && text[at] == '"')
        {
            return SkipText(text, ref at);
        }

        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        var digits = at - start;
        return digits is > 0 and <= MaxDigits && (digits == 1 || text[start] != '0');
    }
}
