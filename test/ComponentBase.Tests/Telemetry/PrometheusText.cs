using System.Text.RegularExpressions;

namespace KubeFed.ComponentBase.Tests.Telemetry;

/// <summary>What a scraper would say of a text: the grammar of format 0.0.4 and its rules on families and series.</summary>
internal static partial class PrometheusText
{
    public static IReadOnlyList<string> Faults(string text)
    {
        var faults = new List<string>();
        var types = new Dictionary<string, string>();
        var series = new HashSet<string>();
        var family = "";
        if (!text.EndsWith('\n'))
        {
            faults.Add("the last line does not end");
        }

        foreach (var line in text.Split('\n').SkipLast(1))
        {
            if (Type().Match(line) is { Success: true } type)
            {
                family = type.Groups["name"].Value;
                if (!types.TryAdd(family, type.Groups["type"].Value))
                {
                    faults.Add($"second TYPE of {family}");
                }
            }
            else if (Sample().Match(line) is { Success: true } sample)
            {
                var name = sample.Groups["name"].Value;
                var suffixed = types.GetValueOrDefault(family) is "histogram" or "summary" && Suffixes.Any(suffix => name == family + suffix);
                if (name != family && !suffixed)
                {
                    faults.Add($"sample outside its family: {line}");
                }

                if (!series.Add(name + sample.Groups["labels"].Value))
                {
                    faults.Add($"series twice: {line}");
                }
            }
            else if (!Help().IsMatch(line))
            {
                faults.Add($"not a line of the format: {line}");
            }
        }

        return faults;
    }

    private static readonly string[] Suffixes = ["_bucket", "_sum", "_count"];

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|summary)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Type();

    [GeneratedRegex("^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* .*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Help();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\[\\"n])*",?)*\})? (?:[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|[-+]Inf|NaN)$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();
}
