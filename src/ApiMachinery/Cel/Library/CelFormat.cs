using System.Globalization;
using System.Numerics;
using System.Text;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary><c>format</c>: the verbs s, d, f, e, b, o, x and X, with a precision for f and e.</summary>
internal static class CelFormat
{
    private const int DefaultPrecision = 6;

    public static CelValue Format(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        string format = a[0].AsString;
        CelList list = a[1].AsList;
        frame.ChargeTraversal(format.Length);
        var result = new StringBuilder();
        int used = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            if (++i < format.Length && format[i] == '%')
            {
                result.Append('%');
                continue;
            }

            if (!TryPrecision(format, ref i, out int precision) || i >= format.Length)
            {
                return CelValue.Error("could not parse formatting clause: unexpected end of string");
            }

            if (used >= list.Count)
            {
                return CelValue.Error($"index {used} out of range");
            }

            CelValue text = Verb(frame, format[i], precision, list[used++]);
            if (text.IsError)
            {
                return text;
            }

            frame.ChargeTraversal(text.AsString.Length);
            result.Append(text.AsString);
        }

        return CelValue.String(result.ToString());
    }

    private static bool TryPrecision(string format, ref int at, out int precision)
    {
        precision = DefaultPrecision;
        if (at >= format.Length || format[at] != '.')
        {
            return true;
        }

        int start = ++at;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
        {
            at++;
        }

        return int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out precision) && precision <= 100;
    }

    private static CelValue Verb(CelFrame frame, char verb, int precision, in CelValue value) => (verb, value.Kind) switch
    {
        (_, CelKind.Error) => value,
        ('s', _) => CelValue.String(Plain(frame, value)),
        ('d', CelKind.Int or CelKind.Uint) => CelValue.String(CelConversions.Text(value)),
        ('d' or 'f' or 'e', CelKind.Double) when !double.IsFinite(value.AsDouble) => CelValue.String(Infinite(value.AsDouble)),
        ('f', CelKind.Double or CelKind.Int or CelKind.Uint) => CelValue.String(Number(value).ToString("F" + precision, CultureInfo.InvariantCulture)),
        ('e', CelKind.Double or CelKind.Int or CelKind.Uint) =>
            CelValue.String(Number(value).ToString("0." + new string('0', precision) + "e+00", CultureInfo.InvariantCulture)),
        ('b', CelKind.Bool) => CelValue.String(value.IsTrue ? "1" : "0"),
        ('b', CelKind.Int or CelKind.Uint) => CelValue.String(Radix(value, 2)),
        ('o', CelKind.Int or CelKind.Uint) => CelValue.String(Radix(value, 8)),
        ('x', CelKind.Int or CelKind.Uint) => CelValue.String(Radix(value, 16)),
        ('X', CelKind.Int or CelKind.Uint) => CelValue.String(Radix(value, 16).ToUpperInvariant()),
        ('x', CelKind.String or CelKind.Bytes) => CelValue.String(Convert.ToHexStringLower(Octets(value))),
        ('X', CelKind.String or CelKind.Bytes) => CelValue.String(Convert.ToHexString(Octets(value))),
        ('d' or 'f' or 'e' or 'b' or 'o' or 'x' or 'X', _) =>
            CelValue.Error($"error during formatting: {CelTypes.Of(value).RuntimeName} is not a type that %{verb} formats"),
        _ => CelValue.Error($"could not parse formatting clause: unrecognized formatting clause \"{verb}\""),
    };

    private static string Plain(CelFrame frame, in CelValue value)
    {
        frame.Step();
        return value.Kind switch
        {
            CelKind.List => PlainList(frame, value.AsList),
            CelKind.Map => PlainMap(frame, value.AsMap),
            CelKind.Bytes => Encoding.UTF8.GetString(value.AsBytes),
            CelKind.Double when !double.IsFinite(value.AsDouble) => Infinite(value.AsDouble),
            _ => CelConversions.Text(value),
        };
    }

    private static string PlainList(CelFrame frame, CelList list)
    {
        frame.Charge(list.Count);
        return "[" + string.Join(", ", list.Select(i => Charged(frame, Plain(frame, i)))) + "]";
    }

    private static string PlainMap(CelFrame frame, CelMap map)
    {
        frame.Charge(map.Count);
        IEnumerable<string> entries = map.Keys().Select(k => Charged(frame, $"{Plain(frame, k)}: {Plain(frame, map.TryGet(k, out CelValue v) ? v : default)}"));
        return "{" + string.Join(", ", entries.Order(StringComparer.Ordinal)) + "}";
    }

    private static string Charged(CelFrame frame, string text)
    {
        frame.ChargeTraversal(text.Length);
        return text;
    }

    private static string Infinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static double Number(in CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt,
        CelKind.Uint => value.AsUint,
        _ => value.AsDouble,
    };

    private static byte[] Octets(in CelValue value) => value.Kind == CelKind.Bytes ? value.AsBytes : Encoding.UTF8.GetBytes(value.AsString);

    private static string Radix(in CelValue value, int radix)
    {
        BigInteger number = value.Kind == CelKind.Uint ? value.AsUint : value.AsInt;
        var digits = new StringBuilder();
        BigInteger rest = BigInteger.Abs(number);
        do
        {
            digits.Insert(0, "0123456789abcdef"[(int)(rest % radix)]);
            rest /= radix;
        }
        while (rest > 0);
        return (number.Sign < 0 ? "-" : string.Empty) + digits;
    }
}
