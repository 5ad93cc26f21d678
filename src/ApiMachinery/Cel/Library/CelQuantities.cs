using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Values;
using KubeFed.ApiMachinery.Quantities;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>Quantities, as <c>quantity('100Mi')</c>.</summary>
internal static class CelQuantities
{
    private static readonly Quantity Largest = Quantity.FromUnits(long.MaxValue);
    private static readonly Quantity Smallest = Quantity.FromUnits(long.MinValue);

    public static void Register(CelLibrary library)
    {
        library.CostedFunction("quantity", static (f, a) => CelStrings.Traversed(f, a[0], Parse(a[0].AsString)), "string -> quantity");
        library.CostedFunction("isQuantity", static (f, a) => CelStrings.Traversed(f, a[0], CelValue.Bool(!Parse(a[0].AsString).IsError)), "string -> bool");
        library.Method("sign", static (_, a) => CelValue.Int(Of(a[0]).Sign), "quantity -> int");
        library.Method("isInteger", static (_, a) => CelValue.Bool(IsInteger(Of(a[0]))), "quantity -> bool");
        library.Method(
            "asInteger",
            static (_, a) => IsInteger(Of(a[0])) ? CelValue.Int(Of(a[0]).Value) : CelValue.Error("cannot convert value to integer"),
            "quantity -> int");
        library.Method("asApproximateFloat", static (_, a) => CelValue.Double(Float(Of(a[0]))), "quantity -> double");
        library.Method("add", static (_, a) => Make(Of(a[0]) + Of(a[1])), "quantity, quantity -> quantity");
        library.Method("add", static (_, a) => Make(Of(a[0]) + Quantity.FromUnits(a[1].AsInt)), "quantity, int -> quantity");
        library.Method("sub", static (_, a) => Make(Of(a[0]) - Of(a[1])), "quantity, quantity -> quantity");
        library.Method("sub", static (_, a) => Make(Of(a[0]) - Quantity.FromUnits(a[1].AsInt)), "quantity, int -> quantity");
        library.Method("isLessThan", static (_, a) => CelValue.Bool(Of(a[0]) < Of(a[1])), "quantity, quantity -> bool");
        library.Method("isGreaterThan", static (_, a) => CelValue.Bool(Of(a[0]) > Of(a[1])), "quantity, quantity -> bool");
        library.Method("compareTo", static (_, a) => CelValue.Int(Of(a[0]).CompareTo(Of(a[1]))), "quantity, quantity -> int");
    }

    private static Quantity Of(in CelValue value) => ((CelQuantity)value.AsOpaque).Value;

    private static CelValue Make(Quantity value) => CelValue.Opaque(new CelQuantity(value));

    private static CelValue Parse(string text) =>
        Quantity.TryParse(text, out Quantity value, out string reason) ? Make(value) : CelValue.Error(reason);

    private static bool IsInteger(Quantity value) => value >= Smallest && value <= Largest && Quantity.FromUnits(value.Value) == value;

    private static double Float(Quantity value)
    {
        Quantity whole = Quantity.FromUnits(value.Value);
        return value.Value + ((value - whole).MilliValue / 1000.0);
    }
}
