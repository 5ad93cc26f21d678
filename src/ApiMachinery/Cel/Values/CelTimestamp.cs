using System.Globalization;
using System.Runtime.InteropServices;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A point in time: seconds since 1970 in UTC and nanoseconds within the second. Years 1 to 9999.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CelTimestamp(long Seconds, int Nanos) : IComparable<CelTimestamp>
{
    private const long First = -62_135_596_800;
    private const long Last = 253_402_300_799;

    public bool InRange => Seconds is >= First and <= Last;

    public DateTimeOffset ToDateTime() => DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanos / 100);

    public int CompareTo(CelTimestamp other) => Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanos.CompareTo(other.Nanos);

    /// <summary>The sum; it may be out of range.</summary>
    public CelTimestamp Add(long nanos)
    {
        Int128 total = ((Int128)Seconds * CelDuration.Second) + Nanos + nanos;
        Int128 seconds = total >= 0 ? total / CelDuration.Second : (total - CelDuration.Second + 1) / CelDuration.Second;
        return new CelTimestamp((long)seconds, (int)(total - (seconds * CelDuration.Second)));
    }

    /// <summary>The nanoseconds between two points; they may not fit a duration.</summary>
    public Int128 Since(CelTimestamp other) => ((Int128)(Seconds - other.Seconds) * CelDuration.Second) + Nanos - other.Nanos;

    /// <summary>Reads RFC 3339, to the nanosecond.</summary>
    public static bool TryParse(string text, out CelTimestamp result)
    {
        result = default;
        if (text.Length is < 20 or > 64 || text[10] is not ('T' or 't') || text.AsSpan(0, 19).ContainsAny(' ', '+'))
        {
            return false;
        }

        int end = 19;
        int nanos = 0;
        if (text[19] == '.')
        {
            int scale = CelDuration.Second / 10;
            for (end = 20; end < text.Length && char.IsAsciiDigit(text[end]); end++, scale /= 10)
            {
                nanos += (text[end] - '0') * scale;
            }

            if (end == 20)
            {
                return false;
            }
        }

        if (!TryOffset(text.AsSpan(end), out int minutes)
            || !DateTime.TryParseExact(
                text.AsSpan(0, 19), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time))
        {
            return false;
        }

        result = new CelTimestamp((time.Ticks / TimeSpan.TicksPerSecond) + First - (minutes * 60), nanos);
        return result.InRange;
    }

    public override string ToString()
    {
        string text = ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        string fraction = Nanos == 0 ? string.Empty : "." + Nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return text + fraction + "Z";
    }

    /// <summary>Minutes east of UTC from <c>Z</c> or <c>+hh:mm</c>.</summary>
    internal static bool TryOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out int hour)
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out int minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
