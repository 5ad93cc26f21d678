using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>
/// The meaning of unquoted scalars by YAML 1.1 as the Kubernetes tools read it: <c>y</c>, <c>no</c> and <c>on</c> are booleans,
/// <c>0755</c> is octal, <c>1_000</c> a number, sexagesimal numbers are text.
/// </summary>
internal static partial class PlainScalar
{
    private const int LongestNumber = 400;

    private static readonly SearchValues<char> Starters = SearchValues.Create("+-.0123456789yYnNtTfFoO~<");

    private static readonly Dictionary<string, ResolvedScalar> Words = BuildWords();

    /// <summary>What the unquoted <paramref name="text"/> means.</summary>
    public static ResolvedScalar Resolve(string text)
    {
        if (text.Length == 0)
        {
            return new ResolvedScalar(ScalarKind.Null);
        }

        if (!Starters.Contains(text[0]))
        {
            return new ResolvedScalar(ScalarKind.Text);
        }

        if (Words.TryGetValue(text, out ResolvedScalar word))
        {
            return word;
        }

        return text[0] is '+' or '-' or '.' or (>= '0' and <= '9') ? ResolveNumber(text) : new ResolvedScalar(ScalarKind.Text);
    }

    /// <summary>Whether older parsers read the unquoted text as a sexagesimal number, so that it must be quoted.</summary>
    public static bool IsSexagesimal(string text) => text.Length < LongestNumber && Sexagesimal().IsMatch(text);

    private static ResolvedScalar ResolveNumber(string text)
    {
        if (text.Length > LongestNumber)
        {
            return new ResolvedScalar(ScalarKind.Text);
        }

        if (IsTimestamp(text))
        {
            return new ResolvedScalar(ScalarKind.Timestamp);
        }

        string digits = text[0] == '.' ? text : text.Replace("_", string.Empty, StringComparison.Ordinal);
        if (TryInteger(digits, out Int128 integer))
        {
            return new ResolvedScalar(ScalarKind.Integer, Integral: integer);
        }

        return Float().IsMatch(digits)
            && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double real)
            && double.IsFinite(real)
                ? new ResolvedScalar(ScalarKind.Float, Real: real)
                : new ResolvedScalar(ScalarKind.Text);
    }

    private static bool TryInteger(string text, out Int128 value)
    {
        bool negative = text.StartsWith('-');
        ReadOnlySpan<char> digits = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        int radix = Radix(ref digits);
        value = 0;
        if (digits.IsEmpty)
        {
            return false;
        }

        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            value = digit < radix ? (value * radix) + digit : -1;
            if (value < 0 || value > ulong.MaxValue)
            {
                return false;
            }
        }

        value = negative ? -value : value;
        return value >= long.MinValue && (text[0] != '+' || value <= long.MaxValue);
    }

    private static int Radix(ref ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2 || digits[0] != '0')
        {
            return 10;
        }

        int radix = char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
        digits = digits[(radix == 0 ? 1 : 2)..];
        return radix == 0 ? 8 : radix;
    }

    private static bool IsTimestamp(string text)
    {
        if (text.Length < 8 || text[4] != '-' || Timestamp().Match(text) is not { Success: true } match)
        {
            return false;
        }

        int year = Number(match, "year");
        return Number(match, "month") is >= 1 and <= 12 and var month
            && Number(match, "day") is >= 1 and var day
            && day <= (year is 0 ? 31 : DateTime.DaysInMonth(year, month))
            && Number(match, "hour") < 24 && Number(match, "minute") < 60 && Number(match, "second") < 60;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static Dictionary<string, ResolvedScalar> BuildWords()
    {
        var words = new Dictionary<string, ResolvedScalar>(StringComparer.Ordinal);
        Add(new ResolvedScalar(ScalarKind.Boolean, Truth: true), "y Y yes Yes YES true True TRUE on On ON");
        Add(new ResolvedScalar(ScalarKind.Boolean, Truth: false), "n N no No NO false False FALSE off Off OFF");
        Add(new ResolvedScalar(ScalarKind.Null), "~ null Null NULL");
        Add(new ResolvedScalar(ScalarKind.NotFinite), ".nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF");
        Add(new ResolvedScalar(ScalarKind.Merge), "<<");
        return words;

        void Add(ResolvedScalar value, string spellings)
        {
            foreach (string spelling in spellings.Split(' '))
            {
                words.Add(spelling, value);
            }
        }
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Float();

    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sexagesimal();

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})"
        + @"(([Tt](?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2}))"
        + @"|( (?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})(\.[0-9]+)?))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Timestamp();
}
