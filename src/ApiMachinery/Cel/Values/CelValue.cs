using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A value, or the error that stands for it. Scalars are kept without allocation.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct CelValue
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _nanos;

    private CelValue(CelKind kind, long bits = 0, object? reference = null, int nanos = 0)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
        _nanos = nanos;
    }

    /// <summary><c>null</c>.</summary>
    public static CelValue Null => default;

    /// <summary>What it is.</summary>
    public CelKind Kind { get; }

    /// <summary>Whether evaluation failed.</summary>
    public bool IsError => Kind == CelKind.Error;

    /// <summary>Whether it is the boolean true.</summary>
    public bool IsTrue => Kind == CelKind.Bool && _bits != 0;

    /// <summary>Whether it is the boolean false.</summary>
    public bool IsFalse => Kind == CelKind.Bool && _bits == 0;

    /// <summary>The whole number of an <see cref="CelKind.Int"/>.</summary>
    public long AsInt => _bits;

    /// <summary>The number of a <see cref="CelKind.Double"/>.</summary>
    public double AsDouble => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The text of a <see cref="CelKind.String"/>, or why evaluation failed.</summary>
    public string AsString => (string)_reference!;

    internal ulong AsUint => unchecked((ulong)_bits);

    internal byte[] AsBytes => (byte[])_reference!;

    internal CelList AsList => (CelList)_reference!;

    internal CelMap AsMap => (CelMap)_reference!;

    internal CelType AsType => (CelType)_reference!;

    internal CelOptional AsOptional => (CelOptional)_reference!;

    internal object AsOpaque => _reference!;

    /// <summary>The nanoseconds of a duration.</summary>
    internal long AsDuration => _bits;

    internal CelTimestamp AsTimestamp => new(_bits, _nanos);

    /// <summary>A boolean.</summary>
    public static CelValue Bool(bool value) => new(CelKind.Bool, value ? 1 : 0);

    /// <summary>A whole number.</summary>
    public static CelValue Int(long value) => new(CelKind.Int, value);

    /// <summary>A whole number without sign.</summary>
    public static CelValue Uint(ulong value) => new(CelKind.Uint, unchecked((long)value));

    /// <summary>A floating point number.</summary>
    public static CelValue Double(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Text.</summary>
    public static CelValue String(string value) => new(CelKind.String, reference: value);

    /// <summary>A failure with its reason.</summary>
    public static CelValue Error(string reason) => new(CelKind.Error, reference: reason);

    /// <summary>
    /// JSON as it is: whole numbers are <see cref="CelKind.Int"/>, others <see cref="CelKind.Double"/>. Lists and objects are not copied: the
    /// tree must not be changed while the value is used, and the value not be used by two threads at a time.
    /// </summary>
    public static CelValue FromJson(JsonNode? node) => CelJson.Read(node, CelShape.Any);

    internal static CelValue Bytes(byte[] value) => new(CelKind.Bytes, reference: value);

    internal static CelValue List(CelList value) => new(CelKind.List, reference: value);

    internal static CelValue Map(CelMap value) => new(CelKind.Map, reference: value);

    internal static CelValue Type(CelType value) => new(CelKind.Type, reference: value);

    internal static CelValue Optional(CelOptional value) => new(CelKind.Optional, reference: value);

    internal static CelValue Opaque(object value) => new(CelKind.Opaque, reference: value);

    internal static CelValue Duration(long nanos) => new(CelKind.Duration, nanos);

    internal static CelValue Timestamp(CelTimestamp value) => new(CelKind.Timestamp, value.Seconds, nanos: value.Nanos);

    /// <summary>The value for messages and logs: text quoted, others as the language writes them.</summary>
    public override string ToString() => Kind switch
    {
        CelKind.Null => "null",
        CelKind.Bool => _bits != 0 ? "true" : "false",
        CelKind.Int => _bits.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => AsUint.ToString(CultureInfo.InvariantCulture) + "u",
        CelKind.Double => GoFloat.FormatGeneral(AsDouble),
        CelKind.String => Validation.GoQuote.Quote(AsString),
        CelKind.Bytes => "b" + Validation.GoQuote.Quote(Encoding.Latin1.GetString(AsBytes)),
        CelKind.Duration => CelDuration.Format(_bits),
        CelKind.Timestamp => AsTimestamp.ToString(),
        CelKind.List => "[" + string.Join(", ", AsList) + "]",
        CelKind.Map => "{" + string.Join(", ", AsMap.Keys().Select(Entry)) + "}",
        CelKind.Type => AsType.RuntimeName,
        CelKind.Error => "error: " + AsString,
        _ => _reference!.ToString() ?? string.Empty,
    };

    private string Entry(CelValue key) => $"{key}: {(AsMap.TryGet(key, out CelValue value) ? value : default)}";
}
