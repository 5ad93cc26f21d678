using System.Globalization;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>Floating point numbers in the text form that Go gives them by default: the shortest form, with an exponent below 1e-4 and from 1e6 on.</summary>
internal static class GoFloat
{
    public static string Format(double value) => Layout(value.ToString("E16", CultureInfo.InvariantCulture), value.ToString("R", CultureInfo.InvariantCulture));

    public static string Format(float value) => Layout(value.ToString("E8", CultureInfo.InvariantCulture), value.ToString("R", CultureInfo.InvariantCulture));

    private static string Layout(string scientific, string shortest)
    {
        int exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        (bool negative, string digits) = Digits(shortest);
        string body = digits == "0" ? "0"
            : exponent is < -4 or >= 6 ? WithExponent(digits, exponent)
            : Plain(digits, exponent);
        return negative ? "-" + body : body;
    }

    private static (bool Negative, string Digits) Digits(string shortest)
    {
        bool negative = shortest.StartsWith('-');
        int end = shortest.IndexOf('E', StringComparison.Ordinal);
        string mantissa = end < 0 ? shortest : shortest[..end];
        string digits = mantissa.TrimStart('-').Replace(".", string.Empty, StringComparison.Ordinal).Trim('0');
        return (negative, digits.Length == 0 ? "0" : digits);
    }

    private static string WithExponent(string digits, int exponent)
    {
        string sign = exponent < 0 ? "-" : "+";
        string mantissa = digits.Length == 1 ? digits : $"{digits[..1]}.{digits[1..]}";
        return $"{mantissa}e{sign}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits + new string('0', exponent + 1 - digits.Length)
            : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
