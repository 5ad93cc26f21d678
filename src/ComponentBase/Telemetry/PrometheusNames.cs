using System.Text;

namespace KubeFed.ComponentBase.Telemetry;

/// <summary>
/// The names of instruments in Prometheus' form, by OpenTelemetry's rules for it: characters that may not stand become underscores, the
/// unit is appended in words, and a counter ends in <c>_total</c>.
/// </summary>
internal static class PrometheusNames
{
    private const string Total = "_total";

    public static string Metric(string instrument, string unit, PrometheusType type)
    {
        var name = Clean(instrument, allowColon: true);
        if (type == PrometheusType.Counter && name.EndsWith(Total, StringComparison.Ordinal))
        {
            name = name[..^Total.Length];
        }

        var suffix = UnitSuffix(unit, type);
        if (suffix.Length > 0 && name != suffix && !name.EndsWith($"_{suffix}", StringComparison.Ordinal))
        {
            name = $"{name}_{suffix}";
        }

        return type == PrometheusType.Counter ? name + Total : name;
    }

    public static string Label(string tag) => Clean(tag, allowColon: false);

    private static string Clean(string text, bool allowColon)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (var letter in text)
        {
            var allowed = char.IsAsciiLetterOrDigit(letter) || (allowColon && letter == ':');
            if (allowed)
            {
                name.Append(letter);
            }
            else if (name.Length == 0 || name[^1] != '_')
            {
                name.Append('_');
            }
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            name.Insert(0, '_');
        }

        return name.ToString();
    }

    private static string UnitSuffix(string unit, PrometheusType type)
    {
        var brace = unit.IndexOf('{');
        var plain = brace < 0 ? unit : unit[..brace];
        var slash = plain.IndexOf('/');
        return slash > 0 ? $"{Word(plain[..slash])}_per_{PerWord(plain[(slash + 1)..])}" : plain switch
        {
            "" => "",
            "1" => type == PrometheusType.Gauge ? "ratio" : "",
            _ => Word(plain),
        };
    }

    private static string Word(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "%" => "percent",
        _ => Clean(unit, allowColon: false).Trim('_'),
    };

    private static string PerWord(string unit) => Word(unit).TrimEnd('s');
}
