using System.Diagnostics.CodeAnalysis;

namespace KubeFed.DevClusters.Controllers.CronJobs;

/// <summary>
/// When a cron job is due: the five fields of cron, or <c>@hourly</c> and its like, in a time zone. As in cron, a day must suit both day fields
/// unless both are restricted: then one is enough. A time that a change to summer time skips does not come that day.
/// </summary>
internal sealed class CronSchedule
{
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(5 * 366);
    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _weekdays;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(CronField minutes, CronField hours, CronField days, CronField months, CronField weekdays, TimeZoneInfo zone)
    {
        (_minutes, _hours, _days, _months, _weekdays, _zone) = (minutes, hours, days, months, weekdays, zone);
    }

    /// <summary>Reads a schedule. A time zone is one of the system's; none means UTC.</summary>
    public static bool TryParse(string text, string? timeZone, [NotNullWhen(true)] out CronSchedule? schedule)
    {
        schedule = null;
        var zone = TimeZoneInfo.Utc;
        if (!string.IsNullOrEmpty(timeZone) && !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out zone))
        {
            return false;
        }

        var fields = Expand(text.Trim()).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5
            || !CronField.TryParse(fields[0], 0, 59, null, out var minutes)
            || !CronField.TryParse(fields[1], 0, 23, null, out var hours)
            || !CronField.TryParse(fields[2], 1, 31, null, out var days)
            || !CronField.TryParseMonth(fields[3], out var months)
            || !CronField.TryParseDay(fields[4], out var weekdays))
        {
            return false;
        }

        schedule = new CronSchedule(minutes, hours, days, months, weekdays, zone);
        return true;
    }

    /// <summary>The first time after another; null when there is none within five years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, _zone).DateTime;
        local = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        var end = local + Horizon;
        while (local < end)
        {
            if (!SuitsDay(local))
            {
                local = local.Date.AddDays(1);
            }
            else if (!_hours.Contains(local.Hour))
            {
                local = local.Date.AddHours(local.Hour + 1);
            }
            else if (!_minutes.Contains(local.Minute) || _zone.IsInvalidTime(local) || ToTime(local) <= after)
            {
                local = local.AddMinutes(1);
            }
            else
            {
                return ToTime(local);
            }
        }

        return null;
    }

    /// <summary>The last time after <paramref name="after"/> and not after <paramref name="until"/>; null when there is none.</summary>
    public DateTimeOffset? Latest(DateTimeOffset after, DateTimeOffset until)
    {
        // Long pauses are crossed by halves of the time left, so that a minutely job that slept for a year costs little.
        while (until - after > TimeSpan.FromHours(1) && Next(after + ((until - after) / 2)) is { } later && later <= until)
        {
            after = later.AddTicks(-1);
        }

        DateTimeOffset? latest = null;
        for (var next = Next(after); next <= until; next = Next(next.Value))
        {
            latest = next;
        }

        return latest;
    }

    private DateTimeOffset ToTime(DateTime local) => new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();

    private bool SuitsDay(DateTime day)
    {
        var byDate = _days.Contains(day.Day);
        var byWeekday = _weekdays.Contains((int)day.DayOfWeek);
        return _months.Contains(day.Month) && (_days.IsAny || _weekdays.IsAny ? byDate && byWeekday : byDate || byWeekday);
    }

    private static string Expand(string text) => text switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => text,
    };
}
