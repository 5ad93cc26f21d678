using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeFed.ApiServerRuntime.Discovery;

/// <summary>
/// The order of API versions by preference: GA before beta before alpha, each the higher number first; names of another form come last, by
/// the alphabet.
/// </summary>
internal sealed partial class VersionPriority : IComparer<string>
{
    private const int Ga = 3;
    private const int Beta = 2;
    private const int Alpha = 1;

    public static VersionPriority Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        int order = Parse(y ?? string.Empty).CompareTo(Parse(x ?? string.Empty));
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static (int Stage, long Major, long Minor) Parse(string version)
    {
        Match match = Form().Match(version);
        if (!match.Success || !Number(match.Groups["major"], out long major) || !Number(match.Groups["minor"], out long minor))
        {
            return (0, 0, 0);
        }

        int stage = match.Groups["stage"].Value switch { "alpha" => Alpha, "beta" => Beta, _ => Ga };
        return (stage, major, minor);
    }

    private static bool Number(Group group, out long value)
    {
        value = 0;
        return !group.Success || long.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    [GeneratedRegex("^v(?<major>[1-9][0-9]*)((?<stage>alpha|beta)(?<minor>[1-9][0-9]*))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
