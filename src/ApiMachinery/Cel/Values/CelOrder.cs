namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>The order of values: numbers by value whatever their type, text by code point.</summary>
internal static class CelOrder
{
    /// <summary>-1, 0 or 1; null if the values have no order, and for not-a-number.</summary>
    public static int? Compare(in CelValue a, in CelValue b)
    {
        if (CelEquality.IsNumber(a) && CelEquality.IsNumber(b))
        {
            return CompareNumbers(a, b);
        }

        return a.Kind != b.Kind ? null : a.Kind switch
        {
            CelKind.Bool => a.IsTrue.CompareTo(b.IsTrue),
            CelKind.String => CompareText(a.AsString, b.AsString),
            CelKind.Bytes => Math.Sign(a.AsBytes.AsSpan().SequenceCompareTo(b.AsBytes)),
            CelKind.Duration => a.AsDuration.CompareTo(b.AsDuration),
            CelKind.Timestamp => a.AsTimestamp.CompareTo(b.AsTimestamp),
            _ => null,
        };
    }

    /// <summary>Whether the values are of types that have an order.</summary>
    public static bool Comparable(in CelValue a, in CelValue b) =>
        (CelEquality.IsNumber(a) && CelEquality.IsNumber(b))
        || (a.Kind == b.Kind && a.Kind is CelKind.Bool or CelKind.String or CelKind.Bytes or CelKind.Duration or CelKind.Timestamp);

    /// <summary>-1, 0 or 1; null with not-a-number. Exact for whole numbers beyond the precision of a double.</summary>
    public static int? CompareNumbers(in CelValue a, in CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.Double, CelKind.Double) => CompareDoubles(a.AsDouble, b.AsDouble),
        (CelKind.Double, _) => CompareMixed(a.AsDouble, Whole(b)),
        (_, CelKind.Double) => -CompareMixed(b.AsDouble, Whole(a)),
        _ => Whole(a).CompareTo(Whole(b)),
    };

    public static int CompareText(string a, string b)
    {
        int common = a.AsSpan().CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        return Rank(a[common]).CompareTo(Rank(b[common]));
    }

    private static Int128 Whole(in CelValue value) => value.Kind == CelKind.Uint ? value.AsUint : value.AsInt;

    private static int? CompareDoubles(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);

    private static int? CompareMixed(double a, Int128 b)
    {
        if (double.IsNaN(a))
        {
            return null;
        }

        const double Beyond = 1e20;
        if (a is > Beyond or < -Beyond)
        {
            return Math.Sign(a);
        }

        double floor = Math.Floor(a);
        int whole = ((Int128)floor).CompareTo(b);
        return whole != 0 ? whole : (a > floor ? 1 : 0);
    }

    /// <summary>Puts surrogates behind the characters that code points above them would follow.</summary>
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
