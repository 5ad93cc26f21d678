using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>Arithmetic with errors on overflow, and sums of texts, lists and times.</summary>
internal static class CelArithmetic
{
    public static void Register(CelLibrary library)
    {
        library.Function("_+_", static (_, a) => Whole((Int128)a[0].AsInt + a[1].AsInt), "int, int -> int");
        library.Function("_+_", static (_, a) => Natural((Int128)a[0].AsUint + a[1].AsUint), "uint, uint -> uint");
        library.Function("_+_", static (_, a) => CelValue.Double(a[0].AsDouble + a[1].AsDouble), "double, double -> double");
        library.CostedFunction("_+_", AddText, "string, string -> string");
        library.CostedFunction("_+_", AddBytes, "bytes, bytes -> bytes");
        library.Function("_+_", AddLists, "list<A>, list<A> -> list<A>");
        library.Function("_+_", static (_, a) => Span((Int128)a[0].AsDuration + a[1].AsDuration), "duration, duration -> duration");
        library.Function("_+_", static (_, a) => Time(a[0].AsTimestamp.Add(a[1].AsDuration)), "timestamp, duration -> timestamp");
        library.Function("_+_", static (_, a) => Time(a[1].AsTimestamp.Add(a[0].AsDuration)), "duration, timestamp -> timestamp");
        library.Function("_-_", static (_, a) => Whole((Int128)a[0].AsInt - a[1].AsInt), "int, int -> int");
        library.Function("_-_", static (_, a) => Natural((Int128)a[0].AsUint - a[1].AsUint), "uint, uint -> uint");
        library.Function("_-_", static (_, a) => CelValue.Double(a[0].AsDouble - a[1].AsDouble), "double, double -> double");
        library.Function("_-_", static (_, a) => Span((Int128)a[0].AsDuration - a[1].AsDuration), "duration, duration -> duration");
        library.Function("_-_", SubtractDuration, "timestamp, duration -> timestamp");
        library.Function("_-_", static (_, a) => Span(a[0].AsTimestamp.Since(a[1].AsTimestamp)), "timestamp, timestamp -> duration");
        library.Function("_*_", static (_, a) => Whole((Int128)a[0].AsInt * a[1].AsInt), "int, int -> int");
        library.Function("_*_", MultiplyNatural, "uint, uint -> uint");
        library.Function("_*_", static (_, a) => CelValue.Double(a[0].AsDouble * a[1].AsDouble), "double, double -> double");
        library.Function("_/_", static (_, a) => a[1].AsInt == 0 ? CelErrors.DivideByZero : Whole((Int128)a[0].AsInt / a[1].AsInt), "int, int -> int");
        library.Function("_/_", static (_, a) => a[1].AsUint == 0 ? CelErrors.DivideByZero : CelValue.Uint(a[0].AsUint / a[1].AsUint), "uint, uint -> uint");
        library.Function("_/_", static (_, a) => CelValue.Double(a[0].AsDouble / a[1].AsDouble), "double, double -> double");
        library.Function("_%_", Modulus, "int, int -> int");
        library.Function("_%_", static (_, a) => a[1].AsUint == 0 ? CelErrors.ModulusByZero : CelValue.Uint(a[0].AsUint % a[1].AsUint), "uint, uint -> uint");
        library.Function("-_", static (_, a) => Whole(-(Int128)a[0].AsInt), "int -> int");
        library.Function("-_", static (_, a) => CelValue.Double(-a[0].AsDouble), "double -> double");
    }

    public static CelValue Whole(Int128 value) =>
        value >= long.MinValue && value <= long.MaxValue ? CelValue.Int((long)value) : CelErrors.IntegerOverflow;

    private static CelValue Natural(Int128 value) =>
        value >= 0 && value <= ulong.MaxValue ? CelValue.Uint((ulong)value) : CelErrors.UintOverflow;

    private static CelValue MultiplyNatural(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        UInt128 product = (UInt128)a[0].AsUint * a[1].AsUint;
        return product <= ulong.MaxValue ? CelValue.Uint((ulong)product) : CelErrors.UintOverflow;
    }

    private static CelValue Span(Int128 nanos) =>
        nanos >= long.MinValue && nanos <= long.MaxValue ? CelValue.Duration((long)nanos) : CelErrors.DurationOverflow;

    private static CelValue Time(CelTimestamp time) => time.InRange ? CelValue.Timestamp(time) : CelErrors.TimestampOverflow;

    private static CelValue SubtractDuration(CelFrame frame, ReadOnlySpan<CelValue> a) =>
        a[1].AsDuration == long.MinValue ? CelErrors.DurationOverflow : Time(a[0].AsTimestamp.Add(-a[1].AsDuration));

    private static CelValue Modulus(CelFrame frame, ReadOnlySpan<CelValue> a) => a[1].AsInt switch
    {
        0 => CelErrors.ModulusByZero,
        -1 when a[0].AsInt == long.MinValue => CelErrors.IntegerOverflow,
        -1 => CelValue.Int(0),
        _ => CelValue.Int(a[0].AsInt % a[1].AsInt),
    };

    private static CelValue AddText(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        frame.ChargeTraversal(CelSizes.Of(frame, a[0]) + CelSizes.Of(frame, a[1]));
        return CelValue.String(a[0].AsString + a[1].AsString);
    }

    private static CelValue AddBytes(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        frame.ChargeTraversal(CelSizes.Of(frame, a[0]) + CelSizes.Of(frame, a[1]));
        return CelValue.Bytes([.. a[0].AsBytes, .. a[1].AsBytes]);
    }

    private static CelValue AddLists(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        (CelList first, CelList second) = (a[0].AsList, a[1].AsList);
        if (first.Shape is { IsKeyed: true } shape)
        {
            return CelValue.List(CelKeyedList.Sum(frame, first, second, shape));
        }

        return (long)first.Count + second.Count > int.MaxValue
            ? CelValue.Error("list too large")
            : CelValue.List(second.Count == 0 ? first : new CelConcat(first, second));
    }
}
