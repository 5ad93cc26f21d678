using System.Globalization;

namespace KubeFed.ApiMachinery.Quantities;

/// <summary>Prints quantities canonically: no fraction, and the largest suffix that leaves none.</summary>
internal static class QuantityPrinter
{
    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    public static string Print(Int128 nanos, QuantityFormat format)
    {
        if (nanos == 0)
        {
            return "0";
        }

        return format == QuantityFormat.BinarySI && IsWholeAndLarge(nanos)
            ? Binary(nanos / Quantity.NanosPerUnit)
            : Decimal(nanos, format == QuantityFormat.DecimalExponent);
    }

    /// <summary>Values below 1024, and those with a fraction, are printed with decimal suffixes, which lose nothing.</summary>
    private static bool IsWholeAndLarge(Int128 nanos) =>
        nanos % Quantity.NanosPerUnit == 0 && Int128.Abs(nanos) >= 1024 * (Int128)Quantity.NanosPerUnit;

    private static string Binary(Int128 value)
    {
        int suffix = 0;
        while (value % 1024 == 0 && suffix < BinarySuffixes.Length - 1)
        {
            value /= 1024;
            suffix++;
        }

        return value.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[suffix];
    }

    private static string Decimal(Int128 value, bool exponent)
    {
        int suffix = 0;
        while (value % 1000 == 0 && suffix < DecimalSuffixes.Length - 1)
        {
            value /= 1000;
            suffix++;
        }

        string number = value.ToString(CultureInfo.InvariantCulture);
        int power = (suffix - 3) * 3;
        return exponent
            ? number + (power == 0 ? string.Empty : "e" + power.ToString(CultureInfo.InvariantCulture))
            : number + DecimalSuffixes[suffix];
    }
}
