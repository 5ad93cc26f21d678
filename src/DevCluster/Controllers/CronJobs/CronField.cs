using System.Globalization;

namespace KubeFed.DevClusters.Controllers.CronJobs;

/// <summary>The values of one field of a schedule, as a set of bits.</summary>
internal readonly record struct CronField(ulong Values, bool IsAny)
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public bool Contains(int value) => (Values & (1UL << value)) != 0;

    public static bool TryParseMonth(string text, out CronField field) => TryParse(text, 1, 12, Months, out field);

    /// <summary>Reads days of the week; 7 is Sunday too.</summary>
    public static bool TryParseDay(string text, out CronField field)
    {
        var isField = TryParse(text, 0, 7, Days, out field);
        field = field.Contains(7) ? field with { Values = (field.Values | 1UL) & 0x7F } : field;
        return isField;
    }

    /// <summary>Reads a list of values, ranges and steps, as <c>*/5</c>, <c>1-5</c>, <c>0,30</c>.</summary>
    public static bool TryParse(string text, int min, int max, string[]? names, out CronField field)
    {
        var values = 0UL;
        foreach (var part in text.Split(','))
        {
            if (!TryParsePart(part, min, max, names, out var bits))
            {
                field = default;
                return false;
            }

            values |= bits;
        }

        field = new CronField(values, text is "*" or "?" || text.StartsWith("*/", StringComparison.Ordinal));
        return true;
    }

    private static bool TryParsePart(string part, int min, int max, string[]? names, out ulong bits)
    {
        bits = 0;
        var step = 1;
        if (part.Split('/') is [var before, var after])
        {
            if (!int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out step) || step == 0)
            {
                return false;
            }

            part = before;
        }
        else if (part.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        if (!TryParseRange(part, min, max, names, step > 1, out var first, out var last))
        {
            return false;
        }

        for (var value = first; value <= last; value += step)
        {
            bits |= 1UL << value;
        }

        return true;
    }

    private static bool TryParseRange(string text, int min, int max, string[]? names, bool isOpen, out int first, out int last)
    {
        (first, last) = (min, max);
        if (text is "*" or "?")
        {
            return true;
        }

        var bounds = text.Split('-');
        if (bounds.Length > 2 || !TryParseValue(bounds[0], min, names, out first))
        {
            return false;
        }

        last = isOpen ? max : first;
        return (bounds.Length == 1 || TryParseValue(bounds[1], min, names, out last)) && first >= min && last <= max && first <= last;
    }

    private static bool TryParseValue(string text, int min, string[]? names, out int value)
    {
        var at = names is null ? -1 : Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        value = at + min;
        return at >= 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
