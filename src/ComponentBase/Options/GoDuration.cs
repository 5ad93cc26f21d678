using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace KubeFed.ComponentBase.Options;

/// <summary>
/// Durations in the form that Go programs read and print, and so every Kubernetes flag and field: <c>300ms</c>, <c>-1.5h</c>,
/// <c>2h45m</c>. The units are <c>ns</c>, <c>us</c> (or <c>µs</c>), <c>ms</c>, <c>s</c>, <c>m</c> and <c>h</c>; only <c>0</c> needs none.
/// </summary>
public static class GoDuration
{
    private const decimal NanosecondsPerTick = 100;
    private static readonly SearchValues<char> UnitEnds = SearchValues.Create("0123456789.");

    private static readonly (string Unit, decimal Nanoseconds)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000),
        ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ];

    /// <summary>
    /// Reads a duration. Parts below 100 ns are cut off. What Go refuses is refused: no unit, an unknown unit, blanks, more than about
    /// 292 years.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var rest = text.AsSpan();
        var negative = rest[0] == '-';
        if (rest[0] is '-' or '+')
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return true;
        }

        decimal total = 0;
        do
        {
            if (!TryReadPart(ref rest, ref total))
            {
                return false;
            }
        }
        while (!rest.IsEmpty);

        var ticks = (long)(total / NanosecondsPerTick);
        duration = TimeSpan.FromTicks(negative ? -ticks : ticks);
        return true;
    }

    /// <summary>Reads a duration.</summary>
    /// <exception cref="FormatException">It is not one; the message says what one looks like.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out var duration) ? duration : throw new FormatException(Complaint(text));

    /// <summary>Prints a duration as Go does: <c>0s</c>, <c>1.5µs</c>, <c>100ms</c>, <c>1m30s</c>, <c>2h0m0s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        var sign = duration < TimeSpan.Zero ? "-" : "";
        var ticks = Math.Abs((decimal)duration.Ticks);
        if (ticks < TimeSpan.TicksPerSecond)
        {
            var (size, unit) = ticks switch
            {
                < TimeSpan.TicksPerMicrosecond => (0.01m, "ns"),
                < TimeSpan.TicksPerMillisecond => (TimeSpan.TicksPerMicrosecond, "µs"),
                _ => (TimeSpan.TicksPerMillisecond, "ms"),
            };
            return sign + Number(ticks / size) + unit;
        }

        var text = new StringBuilder(sign);
        var hours = Math.Floor(ticks / TimeSpan.TicksPerHour);
        var minutes = Math.Floor(ticks % TimeSpan.TicksPerHour / TimeSpan.TicksPerMinute);
        if (hours > 0)
        {
            text.Append(Number(hours)).Append('h');
        }

        if (hours > 0 || minutes > 0)
        {
            text.Append(Number(minutes)).Append('m');
        }

        return text.Append(Number(ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond)).Append('s').ToString();
    }

    internal static string Complaint(string? text) => $"\"{text}\" is not a duration such as 10s, 1m30s or 500ms";

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, ref decimal total)
    {
        var digits = rest.IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? rest.Length : end;
        var number = rest[..digits];
        rest = rest[digits..];
        ReadOnlySpan<char> fraction = default;
        if (!rest.IsEmpty && rest[0] == '.')
        {
            rest = rest[1..];
            digits = rest.IndexOfAnyExceptInRange('0', '9') is var stop && stop < 0 ? rest.Length : stop;
            fraction = rest[..digits];
            rest = rest[digits..];
        }

        if ((number.IsEmpty && fraction.IsEmpty) || !TryReadUnit(ref rest, out var unit))
        {
            return false;
        }

        // Nineteen digits hold every whole number in range; digits of a fraction beyond them weigh less than a nanosecond.
        number = number.TrimStart('0');
        if (number.Length > 19)
        {
            return false;
        }

        fraction = fraction[..Math.Min(fraction.Length, 19)];
        total += ToDecimal(number) * unit;
        total += decimal.Truncate(ToDecimal(fraction) / PowerOfTen(fraction.Length) * unit);
        return total <= long.MaxValue;
    }

    private static bool TryReadUnit(ref ReadOnlySpan<char> rest, out decimal nanoseconds)
    {
        var length = rest.IndexOfAny(UnitEnds) is var end && end < 0 ? rest.Length : end;
        foreach (var (unit, size) in Units)
        {
            if (rest[..length].SequenceEqual(unit))
            {
                rest = rest[length..];
                nanoseconds = size;
                return true;
            }
        }

        nanoseconds = 0;
        return false;
    }

    private static decimal ToDecimal(ReadOnlySpan<char> digits) =>
        digits.IsEmpty ? 0 : decimal.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static decimal PowerOfTen(int exponent)
    {
        decimal power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
