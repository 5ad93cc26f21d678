using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>Times and durations: made from text, and taken apart, in UTC or in a zone given by its name or as <c>+01:00</c>.</summary>
internal static class CelTimes
{
    public static void Register(CelLibrary library)
    {
        library.Function("duration", ToDuration, "string -> duration", "duration -> duration", "int -> duration");
        library.Function("timestamp", ToTimestamp, "string -> timestamp", "timestamp -> timestamp", "int -> timestamp");
        Part(library, "getFullYear", static t => t.Year);
        Part(library, "getMonth", static t => t.Month - 1);
        Part(library, "getDate", static t => t.Day);
        Part(library, "getDayOfMonth", static t => t.Day - 1);
        Part(library, "getDayOfWeek", static t => (int)t.DayOfWeek);
        Part(library, "getDayOfYear", static t => t.DayOfYear - 1);
        Part(library, "getHours", static t => t.Hour);
        Part(library, "getMinutes", static t => t.Minute);
        Part(library, "getSeconds", static t => t.Second);
        Part(library, "getMilliseconds", static t => t.Millisecond);
        library.Method("getHours", static (_, a) => CelValue.Int(a[0].AsDuration / CelDuration.Second / 3600), "duration -> int");
        library.Method("getMinutes", static (_, a) => CelValue.Int(a[0].AsDuration / CelDuration.Second / 60), "duration -> int");
        library.Method("getSeconds", static (_, a) => CelValue.Int(a[0].AsDuration / CelDuration.Second), "duration -> int");
        library.Method("getMilliseconds", static (_, a) => CelValue.Int(a[0].AsDuration / (CelDuration.Second / 1000)), "duration -> int");
    }

    private static void Part(CelLibrary library, string name, Func<DateTimeOffset, int> part)
    {
        library.Method(name, (_, a) => CelValue.Int(part(a[0].AsTimestamp.ToDateTime())), "timestamp -> int");
        library.Method(
            name,
            (_, a) => TryZone(a[1].AsString, a[0].AsTimestamp, out DateTimeOffset local)
                ? CelValue.Int(part(local))
                : CelValue.Error($"unknown time zone {a[1].AsString}"),
            "timestamp, string -> int");
    }

    private static CelValue ToDuration(CelFrame frame, ReadOnlySpan<CelValue> a) => a[0].Kind switch
    {
        CelKind.Duration => a[0],
        CelKind.Int => CelValue.Duration(a[0].AsInt),
        _ => CelDuration.TryParse(a[0].AsString, out long nanos) ? CelValue.Duration(nanos) : CelErrors.Conversion(a[0], CelType.Duration),
    };

    private static CelValue ToTimestamp(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        if (a[0].Kind == CelKind.Int)
        {
            var time = new CelTimestamp(a[0].AsInt, 0);
            return time.InRange ? CelValue.Timestamp(time) : CelErrors.TimestampOverflow;
        }

        if (a[0].Kind == CelKind.Timestamp)
        {
            return a[0];
        }

        return CelTimestamp.TryParse(a[0].AsString, out CelTimestamp parsed) ? CelValue.Timestamp(parsed) : CelErrors.Conversion(a[0], CelType.Timestamp);
    }

    private static bool TryZone(string zone, CelTimestamp time, out DateTimeOffset local)
    {
        local = time.ToDateTime();
        string offset = zone.Length > 0 && char.IsAsciiDigit(zone[0]) ? "+" + zone : zone;
        TimeSpan shift;
        if (CelTimestamp.TryOffset(offset, out int minutes))
        {
            shift = TimeSpan.FromMinutes(minutes);
        }
        else if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? found))
        {
            shift = found.GetUtcOffset(local);
        }
        else
        {
            return false;
        }

        long ticks = local.UtcTicks + shift.Ticks;
        local = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : local;
        return true;
    }
}
