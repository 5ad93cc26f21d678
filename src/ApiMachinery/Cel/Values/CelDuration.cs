using System.Buffers;
using System.Globalization;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>Durations in nanoseconds and as text: <c>1h30m</c>, <c>1.5s</c>, <c>-2ms</c>.</summary>
internal static class CelDuration
{
    public const int Second = 1_000_000_000;

    private static readonly SearchValues<char> NumberStart = SearchValues.Create(".0123456789");

    private static readonly (string Name, long Nanos)[] Units =
    [
        ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", Second), ("m", 60L * Second), ("h", 3600L * Second),
    ];

    /// <summary>Reads a sum of numbers with units.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long nanos)
    {
        nanos = 0;
        bool negative = text.StartsWith("-");
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            text = text[1..];
        }

        if (text is "0")
        {
            return true;
        }

        Int128 total = 0;
        if (text.Length is 0 or > 1024)
        {
            return false;
        }

        while (text.Length > 0)
        {
            if (!TryTerm(ref text, out Int128 term) || (total += term) > (Int128)long.MaxValue + 1)
            {
                return false;
            }
        }

        total = negative ? -total : total;
        nanos = total <= long.MaxValue ? (long)total : 0;
        return total <= long.MaxValue;
    }

    /// <summary>The seconds in decimals with the unit s.</summary>
    public static string Format(long nanos)
    {
        ulong size = nanos < 0 ? (ulong)-(nanos + 1) + 1 : (ulong)nanos;
        string fraction = (size % Second).ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        string sign = nanos < 0 ? "-" : string.Empty;
        return $"{sign}{size / Second}{(fraction.Length > 0 ? "." : string.Empty)}{fraction}s";
    }

    private static bool TryTerm(ref ReadOnlySpan<char> text, out Int128 nanos)
    {
        nanos = 0;
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0 || digits > 19)
        {
            return false;
        }

        ReadOnlySpan<char> whole = text[..digits];
        text = text[digits..];
        ReadOnlySpan<char> fraction = [];
        if (text[0] == '.')
        {
            int end = text[1..].IndexOfAnyExceptInRange('0', '9');
            if (end < 0)
            {
                return false;
            }

            fraction = text.Slice(1, end);
            text = text[(end + 1)..];
        }

        return whole.Length + fraction.Length > 0 && TryUnit(ref text, out long unit) && TryScale(whole, fraction, unit, out nanos);
    }

    private static bool TryUnit(ref ReadOnlySpan<char> text, out long nanos)
    {
        int length = text.IndexOfAny(NumberStart);
        ReadOnlySpan<char> name = length < 0 ? text : text[..length];
        foreach ((string unit, long size) in Units)
        {
            if (name.SequenceEqual(unit))
            {
                text = text[name.Length..];
                nanos = size;
                return true;
            }
        }

        nanos = 0;
        return false;
    }

    private static bool TryScale(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, long unit, out Int128 nanos)
    {
        ulong count = 0;
        nanos = 0;
        if (whole.Length > 0 && !ulong.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out count))
        {
            return false;
        }

        nanos = (Int128)count * unit;
        double scale = unit;
        foreach (char digit in fraction[..Math.Min(fraction.Length, 15)])
        {
            scale /= 10;
            nanos += (Int128)Math.Floor(((digit - '0') * scale) + 1e-6);
        }

        return true;
    }
}
