using System.Globalization;
using System.Numerics;

namespace KubeFed.ApiMachinery.Quantities;

/// <summary>Reads the text form of quantities.</summary>
internal static class QuantityParser
{
    private const string BadFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private const string BadNumber = "unable to parse numeric part of quantity";
    private const string BadSuffix = "unable to parse quantity's suffix";

    /// <summary>Longest text that can be a sensible number.</summary>
    private const int MaxLength = 256;

    private static readonly Int128 Largest = (Int128)long.MaxValue * Quantity.NanosPerUnit;

    /// <returns>Why the text is no quantity; null if it is one.</returns>
    public static string? Read(ReadOnlySpan<char> text, out Int128 nanos, out QuantityFormat format)
    {
        (nanos, format) = (0, QuantityFormat.DecimalSI);
        if (text.IsEmpty || text.Length > MaxLength)
        {
            return BadFormat;
        }

        bool negative = text[0] == '-';
        ReadOnlySpan<char> rest = text[0] is '+' or '-' ? text[1..] : text;
        ReadOnlySpan<char> whole = Digits(ref rest), fraction = default;
        if (rest.StartsWith('.'))
        {
            rest = rest[1..];
            fraction = Digits(ref rest);
        }

        if (!HasSuffixShape(rest))
        {
            return BadFormat;
        }

        if (whole.IsEmpty && fraction.IsEmpty)
        {
            return BadNumber;
        }

        if (!TrySuffix(rest, out format, out int exponent))
        {
            return BadSuffix;
        }

        BigInteger digits = BigInteger.Parse(string.Concat(whole, fraction), NumberStyles.None, CultureInfo.InvariantCulture);
        Int128 size = Scale(digits, fraction.Length, format, exponent);
        nanos = negative ? -size : size;
        return null;
    }

    /// <summary>The value in nanos, rounded up, and at most the largest quantity.</summary>
    private static Int128 Scale(BigInteger digits, int fractionDigits, QuantityFormat format, int exponent)
    {
        if (digits.IsZero)
        {
            return 0;
        }

        BigInteger binary = format == QuantityFormat.BinarySI ? BigInteger.One << exponent : BigInteger.One;
        int power = 9 - fractionDigits + (format == QuantityFormat.BinarySI ? 0 : exponent);
        if (power > 2 * MaxLength)
        {
            return Largest;
        }

        if (power < -2 * MaxLength)
        {
            return 1;
        }

        BigInteger value = digits * binary;
        if (power >= 0)
        {
            value *= BigInteger.Pow(10, power);
        }
        else
        {
            value = BigInteger.DivRem(value, BigInteger.Pow(10, -power), out BigInteger remainder) + (remainder.IsZero ? 0 : 1);
        }

        return value > (BigInteger)Largest ? Largest : (Int128)value;
    }

    private static ReadOnlySpan<char> Digits(scoped ref ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        ReadOnlySpan<char> digits = text[..length];
        text = text[length..];
        return digits;
    }

    private static bool HasSuffixShape(ReadOnlySpan<char> suffix)
    {
        ReadOnlySpan<char> rest = suffix.TrimStart("eEinumkKMGTP");
        rest = rest.StartsWith('-') || rest.StartsWith('+') ? rest[1..] : rest;
        return !rest.ContainsAnyExceptInRange('0', '9');
    }

    private static bool TrySuffix(ReadOnlySpan<char> suffix, out QuantityFormat format, out int exponent)
    {
        (format, exponent) = suffix switch
        {
            "" => (QuantityFormat.DecimalSI, 0),
            "n" => (QuantityFormat.DecimalSI, -9),
            "u" => (QuantityFormat.DecimalSI, -6),
            "m" => (QuantityFormat.DecimalSI, -3),
            "k" => (QuantityFormat.DecimalSI, 3),
            "M" => (QuantityFormat.DecimalSI, 6),
            "G" => (QuantityFormat.DecimalSI, 9),
            "T" => (QuantityFormat.DecimalSI, 12),
            "P" => (QuantityFormat.DecimalSI, 15),
            "E" => (QuantityFormat.DecimalSI, 18),
            "Ki" => (QuantityFormat.BinarySI, 10),
            "Mi" => (QuantityFormat.BinarySI, 20),
            "Gi" => (QuantityFormat.BinarySI, 30),
            "Ti" => (QuantityFormat.BinarySI, 40),
            "Pi" => (QuantityFormat.BinarySI, 50),
            "Ei" => (QuantityFormat.BinarySI, 60),
            _ => (QuantityFormat.DecimalExponent, 0),
        };
        return format != QuantityFormat.DecimalExponent
            || (suffix[0] is 'e' or 'E'
                && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                && exponent is > -1_000_000 and < 1_000_000);
    }
}
