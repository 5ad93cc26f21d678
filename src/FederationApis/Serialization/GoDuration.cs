using System.Buffers;
using System.Globalization;
using System.Text;

namespace KubeFed.FederationApis.Serialization;

/// <summary>
/// Durations in Go's notation: a sequence of decimal numbers with units, <c>300ms</c>, <c>1.5h</c>, <c>2h45m</c>, or
/// <c>0</c>. Units: ns, us, µs, ms, s, m, h. A TimeSpan counts 100 ns; smaller parts are cut.
/// </summary>
public static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, decimal Nanoseconds)[] Units =
    [
        ("ns", 1m), ("us", 1e3m), ("µs", 1e3m), ("μs", 1e3m), ("ms", 1e6m), ("s", 1e9m), ("m", 60e9m), ("h", 3600e9m),
    ];

    /// <summary>Reads a duration. False when the text is none or does not fit 292 years.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var negative = text[0] == '-';
        var rest = text[0] is '-' or '+' ? text.AsSpan(1) : text;
        if (rest is "0")
        {
            return true;
        }

        if (!TrySum(rest, out var nanoseconds))
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)((negative ? -nanoseconds : nanoseconds) / TimeSpan.NanosecondsPerTick));
        return true;
    }

    /// <summary>Writes a duration the way Go prints it: <c>1h0m0s</c>, <c>20s</c>, <c>1.5s</c>, <c>300ms</c>, <c>0s</c>.</summary>
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
            return sign + (ticks < TimeSpan.TicksPerMillisecond ? Number(ticks / 10) + "µs" : Number(ticks / TimeSpan.TicksPerMillisecond) + "ms");
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

    private static string Number(decimal value) => value.ToString("0.#######", CultureInfo.InvariantCulture);

    private static bool TrySum(ReadOnlySpan<char> rest, out decimal nanoseconds)
    {
        nanoseconds = 0;
        do
        {
            var length = rest.IndexOfAnyExcept(NumberCharacters);
            if (length is < 1 or > 24 || rest[..length].Count('.') > 1
                || !decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            rest = rest[length..];
            var unitLength = rest.IndexOfAny(NumberCharacters);
            var unit = unitLength < 0 ? rest : rest[..unitLength];
            if (!TryUnit(unit, out var scale) || number > long.MaxValue / scale)
            {
                return false;
            }

            nanoseconds += number * scale;
            rest = rest[unit.Length..];
        }
        while (rest.Length > 0 && nanoseconds <= long.MaxValue);

        return nanoseconds <= long.MaxValue;
    }

    private static bool TryUnit(ReadOnlySpan<char> text, out decimal nanoseconds)
    {
        foreach (var (unit, scale) in Units)
        {
            if (text.SequenceEqual(unit))
            {
                nanoseconds = scale;
                return true;
            }
        }

        nanoseconds = 0;
        return false;
    }
}
