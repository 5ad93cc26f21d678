namespace KubeFed.ApiMachinery.Yaml;

/// <summary>
/// The order in which kubectl prints the keys of a mapping: punctuation, digits, letters; runs of digits by their value, so that
/// <c>a2</c> stands before <c>a10</c>. The comparison is not transitive for some mixed keys, so the sort must bear that.
/// </summary>
internal static class NaturalKeyOrder
{
    public static T[] Sort<T>(IEnumerable<T> items, Func<T, string> key)
    {
        T[] from = [.. items];
        var to = new T[from.Length];
        for (int width = 1; width < from.Length; width *= 2)
        {
            for (int left = 0; left < from.Length; left += 2 * width)
            {
                Merge(from, to, left, Math.Min(left + width, from.Length), Math.Min(left + (2 * width), from.Length), key);
            }

            (from, to) = (to, from);
        }

        return from;
    }

    public static int Compare(string a, string b)
    {
        int at = a.AsSpan().CommonPrefixLength(b);
        if (at == a.Length || at == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        int classes = Class(a[at]).CompareTo(Class(b[at]));
        if (classes != 0)
        {
            return classes;
        }

        return char.IsAsciiDigit(a[at]) ? CompareNumbers(a, b, at) : a[at].CompareTo(b[at]);
    }

    private static void Merge<T>(T[] from, T[] to, int left, int middle, int end, Func<T, string> key)
    {
        for (int at = left, l = left, r = middle; at < end; at++)
        {
            bool takeLeft = r >= end || (l < middle && Compare(key(from[l]), key(from[r])) <= 0);
            to[at] = from[takeLeft ? l++ : r++];
        }
    }

    private static int Class(char c) => char.IsLetter(c) ? 2 : char.IsAsciiDigit(c) ? 1 : 0;

    private static int CompareNumbers(string a, string b, int at)
    {
        int start = at;
        while (start > 0 && char.IsAsciiDigit(a[start - 1]))
        {
            start--;
        }

        ReadOnlySpan<char> x = Digits(a.AsSpan(start)), y = Digits(b.AsSpan(start));
        ReadOnlySpan<char> xValue = x.TrimStart('0'), yValue = y.TrimStart('0');
        int result = xValue.Length.CompareTo(yValue.Length);
        result = result != 0 ? result : xValue.SequenceCompareTo(yValue);
        return result != 0 ? result : x.Length.CompareTo(y.Length);
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }
}
