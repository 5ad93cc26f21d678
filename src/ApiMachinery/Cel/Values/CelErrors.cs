namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>The reasons for which evaluation fails, in the words of the reference implementation.</summary>
internal static class CelErrors
{
    public static readonly CelValue NoSuchOverload = CelValue.Error("no such overload");
    public static readonly CelValue IntegerOverflow = CelValue.Error("integer overflow");
    public static readonly CelValue UintOverflow = CelValue.Error("unsigned integer overflow");
    public static readonly CelValue DivideByZero = CelValue.Error("division by zero");
    public static readonly CelValue ModulusByZero = CelValue.Error("modulus by zero");
    public static readonly CelValue DurationOverflow = CelValue.Error("duration overflow");
    public static readonly CelValue TimestampOverflow = CelValue.Error("timestamp overflow");

    public static CelValue NoSuchKey(string key) => CelValue.Error("no such key: " + key);

    public static CelValue OutOfBounds(long index) => CelValue.Error($"index out of bounds: {index}");

    public static CelValue Conversion(in CelValue value, CelType target) =>
        CelValue.Error($"type conversion error from '{CelTypes.Of(value).RuntimeName}' to '{target.RuntimeName}'");

    /// <summary>A key as messages show it: text without quotes.</summary>
    public static string Bare(in CelValue key) => key.Kind == CelKind.String ? key.AsString : key.ToString();
}
