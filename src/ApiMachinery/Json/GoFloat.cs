using System.Globalization;

namespace KubeFed.ApiMachinery.Json;

/// <summary>
/// Floating point numbers in the text forms that Go gives them: the fewest digits that read back as the same number, where the size of the
/// number decides between plain digits and an exponent. Not-a-number and the infinities are <c>NaN</c>, <c>+Inf</c> and <c>-Inf</c>.
/// </summary>
public static class GoFloat
{
    /// <summary>The form of Go's encoding/json: an exponent below 1e-6 and from 1e21 on, of as many digits as it needs (<c>1e-7</c>).</summary>
    public static string FormatJson(double value) => Layout(value.ToString("R", CultureInfo.InvariantCulture), -6, 21, "0");

    /// <summary>The form of Go's <c>%g</c> verb in strconv: an exponent below 1e-4 and from 1e6 on, of two digits at least (<c>1e-05</c>).</summary>
    public static string FormatGeneral(double value) => Layout(value.ToString("R", CultureInfo.InvariantCulture), -4, 6, "00");

    /// <inheritdoc cref="FormatGeneral(double)"/>
    public static string FormatGeneral(float value) => Layout(value.ToString("R", CultureInfo.InvariantCulture), -4, 6, "00");

    private static string Layout(string shortest, int lowestPlain, int firstTooHigh, string exponentForm)
    {
        if (shortest is "NaN" or "Infinity" or "-Infinity")
        {
            return shortest switch { "NaN" => "NaN", "Infinity" => "+Inf", _ => "-Inf" };
        }

        var sign = shortest.StartsWith('-') ? "-" : "";
        var (digits, exponent) = Decompose(shortest[sign.Length..]);
        if (digits.Length == 0)
        {
            return sign + "0";
        }

        return exponent < lowestPlain || exponent >= firstTooHigh
            ? sign + Scientific(digits, exponent, exponentForm)
            : sign + Plain(digits, exponent);
    }

    // The significant digits d1 d2 d3 ... and the exponent of d1.d2d3...
    private static (string Digits, int Exponent) Decompose(string unsigned)
    {
        var mark = unsigned.IndexOf('E', StringComparison.Ordinal);
        var mantissa = mark < 0 ? unsigned : unsigned[..mark];
        var shift = mark < 0 ? 0 : int.Parse(unsigned.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), shift + (dot < 0 ? mantissa.Length : dot) - 1 - (all.Length - digits.Length));
    }

    private static string Scientific(string digits, int exponent, string exponentForm)
    {
        var mantissa = digits.Length == 1 ? digits : digits[0] + "." + digits[1..];
        return $"{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent).ToString(exponentForm, CultureInfo.InvariantCulture)}";
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits.PadRight(exponent + 1, '0')
            : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }
}
