using System.Globalization;
using System.Text;
using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>The functions named after types.</summary>
internal static class CelConversions
{
    /// <summary>Functions of one argument that are worked out when compiled, if that is constant.</summary>
    public static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "int", "uint", "double", "string", "bytes", "duration", "timestamp" };

    private const int MaxNumberLength = 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Register(CelLibrary library)
    {
        library.Function("int", ToInt, "int -> int", "uint -> int", "double -> int", "string -> int", "timestamp -> int", "duration -> int");
        library.Function("uint", ToUint, "uint -> uint", "int -> uint", "double -> uint", "string -> uint");
        library.Function("double", ToDouble, "double -> double", "int -> double", "uint -> double", "string -> double");
        library.Function("bool", ToBool, "bool -> bool", "string -> bool");
        library.Function("string", static (_, a) => a[0], "string -> string");
        library.Function("string", ToText, "bool -> string", "int -> string", "uint -> string", "double -> string", "timestamp -> string", "duration -> string");
        library.CostedFunction("string", FromBytes, "bytes -> string");
        library.CostedFunction("bytes", ToBytes, "string -> bytes");
        library.Function("bytes", static (_, a) => a[0], "bytes -> bytes");
        library.Function("type", static (_, a) => CelValue.Type(CelTypes.Of(a[0])), "dyn -> type");
        library.Function("dyn", static (_, a) => a[0], "dyn -> dyn");
    }

    private static CelValue ToInt(CelFrame frame, ReadOnlySpan<CelValue> a) => a[0].Kind switch
    {
        CelKind.Int => a[0],
        CelKind.Uint => CelArithmetic.Whole(a[0].AsUint),
        CelKind.Double => a[0].AsDouble is > -9223372036854775808.0 and < 9223372036854775808.0 ? CelValue.Int((long)a[0].AsDouble) : CelErrors.IntegerOverflow,
        CelKind.Timestamp => CelValue.Int(a[0].AsTimestamp.Seconds),
        CelKind.Duration => CelValue.Int(a[0].AsDuration),
        _ => long.TryParse(a[0].AsString, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? CelValue.Int(value)
            : CelErrors.Conversion(a[0], CelType.Int),
    };

    private static CelValue ToUint(CelFrame frame, ReadOnlySpan<CelValue> a) => a[0].Kind switch
    {
        CelKind.Uint => a[0],
        CelKind.Int => a[0].AsInt >= 0 ? CelValue.Uint((ulong)a[0].AsInt) : CelErrors.UintOverflow,
        CelKind.Double => a[0].AsDouble is >= 0 and < 18446744073709551616.0 ? CelValue.Uint((ulong)a[0].AsDouble) : CelErrors.UintOverflow,
        _ => ulong.TryParse(a[0].AsString, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? CelValue.Uint(value)
            : CelErrors.Conversion(a[0], CelType.Uint),
    };

    private static CelValue ToDouble(CelFrame frame, ReadOnlySpan<CelValue> a) => a[0].Kind switch
    {
        CelKind.Double => a[0],
        CelKind.Int => CelValue.Double(a[0].AsInt),
        CelKind.Uint => CelValue.Double(a[0].AsUint),
        _ => a[0].AsString.Length <= MaxNumberLength && double.TryParse(a[0].AsString, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out double value)
            ? CelValue.Double(value)
            : CelErrors.Conversion(a[0], CelType.Double),
    };

    private static CelValue ToBool(CelFrame frame, ReadOnlySpan<CelValue> a) => a[0].Kind == CelKind.Bool ? a[0] : a[0].AsString switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => CelValue.Bool(true),
        "0" or "f" or "F" or "false" or "FALSE" or "False" => CelValue.Bool(false),
        _ => CelErrors.Conversion(a[0], CelType.Bool),
    };

    private static CelValue ToText(CelFrame frame, ReadOnlySpan<CelValue> a) => CelValue.String(Text(a[0]));

    public static string Text(in CelValue value) => value.Kind switch
    {
        CelKind.Double => GoFloat.FormatGeneral(value.AsDouble),
        CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture),
        CelKind.String => value.AsString,
        _ => value.ToString(),
    };

    private static CelValue ToBytes(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        frame.ChargeTraversal(a[0].AsString.Length);
        return CelValue.Bytes(Encoding.UTF8.GetBytes(a[0].AsString));
    }

    private static CelValue FromBytes(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        frame.ChargeTraversal(a[0].AsBytes.Length);
        try
        {
            return CelValue.String(Strict.GetString(a[0].AsBytes));
        }
        catch (DecoderFallbackException)
        {
            return CelValue.Error("invalid UTF-8 in bytes, cannot convert to string");
        }
    }
}
