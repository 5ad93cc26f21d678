using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Quantities;

/// <summary>
/// A fixed-point amount of a resource, as <c>100m</c>, <c>1.5Gi</c> or <c>2e3</c>. Exact to a nano; what is finer is rounded away from zero,
/// and what is larger than 2^63-1 is that when read. Two quantities are equal when their values are, whatever their suffixes.
/// </summary>
[JsonConverter(typeof(QuantityJsonConverter))]
[StructLayout(LayoutKind.Auto)]
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>, IComparable
{
    internal const long NanosPerUnit = 1_000_000_000;

    private readonly Int128 _nanos;

    private Quantity(Int128 nanos, QuantityFormat format)
    {
        _nanos = nanos;
        Format = format;
    }

    /// <summary>Nothing.</summary>
    public static Quantity Zero => default;

    /// <summary>The suffixes to print with.</summary>
    public QuantityFormat Format { get; }

    /// <summary>Whether it is nothing.</summary>
    public bool IsZero => _nanos == 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Int128.Sign(_nanos);

    /// <summary>The whole units, rounded away from zero, within the range of the type.</summary>
    public long Value => Rounded(NanosPerUnit);

    /// <summary>The thousandths, rounded away from zero, within the range of the type.</summary>
    public long MilliValue => Rounded(NanosPerUnit / 1000);

    /// <summary>So many units.</summary>
    public static Quantity FromUnits(long value, QuantityFormat format = QuantityFormat.DecimalSI) => new((Int128)value * NanosPerUnit, format);

    /// <summary>So many thousandths.</summary>
    public static Quantity FromMillis(long value, QuantityFormat format = QuantityFormat.DecimalSI) => new((Int128)value * (NanosPerUnit / 1000), format);

    /// <summary>Reads a quantity.</summary>
    /// <exception cref="FormatException">The text is none; the message is the API server's.</exception>
    public static Quantity Parse(ReadOnlySpan<char> text) => TryParse(text, out Quantity quantity, out string reason) ? quantity : throw new FormatException(reason);

    /// <summary>Reads a quantity, or gives the reason why the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity, out string reason)
    {
        string? fault = QuantityParser.Read(text, out Int128 nanos, out QuantityFormat format);
        quantity = new Quantity(nanos, format);
        reason = fault ?? string.Empty;
        return fault is null;
    }

    /// <summary>The sum, in the first's format unless that is nothing.</summary>
    public Quantity Add(Quantity other) => new(Sum(_nanos, other._nanos), IsZero ? other.Format : Format);

    /// <summary>The difference, in the first's format unless that is nothing.</summary>
    public Quantity Subtract(Quantity other) => new(Sum(_nanos, -other._nanos), IsZero ? other.Format : Format);

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => _nanos.CompareTo(other._nanos);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Quantity other => CompareTo(other),
        _ => throw new ArgumentException("A quantity compares with quantities only.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(Quantity other) => _nanos == other._nanos;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _nanos.GetHashCode();

    /// <summary>The canonical text.</summary>
    public override string ToString() => QuantityPrinter.Print(_nanos, Format);

    /// <summary>The sum.</summary>
    public static Quantity operator +(Quantity a, Quantity b) => a.Add(b);

    /// <summary>The difference.</summary>
    public static Quantity operator -(Quantity a, Quantity b) => a.Subtract(b);

    /// <summary>Whether the values are equal.</summary>
    public static bool operator ==(Quantity a, Quantity b) => a.Equals(b);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(Quantity a, Quantity b) => !a.Equals(b);

    /// <summary>Whether the first is less.</summary>
    public static bool operator <(Quantity a, Quantity b) => a.CompareTo(b) < 0;

    /// <summary>Whether the first is more.</summary>
    public static bool operator >(Quantity a, Quantity b) => a.CompareTo(b) > 0;

    /// <summary>Whether the first is not more.</summary>
    public static bool operator <=(Quantity a, Quantity b) => a.CompareTo(b) <= 0;

    /// <summary>Whether the first is not less.</summary>
    public static bool operator >=(Quantity a, Quantity b) => a.CompareTo(b) >= 0;

    /// <summary>The sum, kept within a range whose negation is also in range.</summary>
    private static Int128 Sum(Int128 a, Int128 b)
    {
        Int128 sum = unchecked(a + b);
        bool overflow = Int128.IsNegative(a) == Int128.IsNegative(b) && Int128.IsNegative(sum) != Int128.IsNegative(a);
        return overflow || sum == Int128.MinValue ? (Int128.IsNegative(a) ? -Int128.MaxValue : Int128.MaxValue) : sum;
    }

    private long Rounded(long nanosPerStep)
    {
        (Int128 whole, Int128 rest) = Int128.DivRem(_nanos, nanosPerStep);
        Int128 rounded = rest == 0 ? whole : whole + Int128.Sign(rest);
        return (long)Int128.Clamp(rounded, long.MinValue, long.MaxValue);
    }
}
