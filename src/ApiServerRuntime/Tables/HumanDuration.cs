using System.Globalization;

namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>Ages as kubectl prints them: <c>29s</c>, <c>5m3s</c>, <c>2d</c>. The rules are those of apimachinery's duration.HumanDuration.</summary>
public static class HumanDuration
{
    private const int DaysPerYear = 365;

    /// <summary>
    /// Formats a duration with at most two units, the fewer the longer it is. Down to two seconds below zero counts as now, since clocks
    /// differ; what is further in the future gives <c>&lt;invalid&gt;</c>.
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        long seconds = duration.Ticks / TimeSpan.TicksPerSecond;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 120 => One(seconds, 's'),
            < 10 * 60 => Two(seconds / 60, 'm', seconds % 60, 's'),
            < 3 * 3600 => One(seconds / 60, 'm'),
            < 8 * 3600 => Two(seconds / 3600, 'h', seconds / 60 % 60, 'm'),
            < 48 * 3600 => One(seconds / 3600, 'h'),
            _ => FormatDays(seconds / 3600),
        };
    }

    private static string FormatDays(long hours)
    {
        long days = hours / 24;
        return days switch
        {
            < 8 => Two(days, 'd', hours % 24, 'h'),
            < 2 * DaysPerYear => One(days, 'd'),
            < 8 * DaysPerYear => Two(days / DaysPerYear, 'y', days % DaysPerYear, 'd'),
            _ => One(days / DaysPerYear, 'y'),
        };
    }

    private static string One(long count, char unit) => string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");

    private static string Two(long count, char unit, long rest, char restUnit) =>
        rest == 0 ? One(count, unit) : string.Create(CultureInfo.InvariantCulture, $"{count}{unit}{rest}{restUnit}");
}
