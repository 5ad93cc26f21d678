using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>Values that may be absent.</summary>
internal static class CelOptionals
{
    public static void Register(CelLibrary library)
    {
        library.Function("optional.of", static (_, a) => CelOptional.Of(a[0]), "A -> optional<A>");
        library.Function("optional.none", static (_, _) => CelValue.Optional(CelOptional.None), "-> optional<A>");
        library.Function("optional.ofNonZeroValue", static (f, a) => IsZero(f, a[0]) ? CelValue.Optional(CelOptional.None) : CelOptional.Of(a[0]), "A -> optional<A>");
        library.Function("optional.unwrap", static (f, a) => Unwrap(f, a), "list<optional<A>> -> list<A>");
        library.Method("unwrapOpt", static (f, a) => Unwrap(f, a), "list<optional<A>> -> list<A>");
        library.Method("hasValue", static (_, a) => CelValue.Bool(a[0].AsOptional.HasValue), "optional<A> -> bool");
        library.Method(
            "value",
            static (_, a) => a[0].AsOptional.HasValue ? a[0].AsOptional.Value : CelValue.Error("optional.none() dereference"),
            "optional<A> -> A");
    }

    private static bool IsZero(CelFrame frame, in CelValue value) => value.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool => value.IsFalse,
        CelKind.Int or CelKind.Uint => value.AsInt == 0,
        CelKind.Double => value.AsDouble == 0,
        CelKind.String or CelKind.Bytes or CelKind.List or CelKind.Map => CelSizes.Of(frame, value) == 0,
        CelKind.Duration => value.AsDuration == 0,
        _ => false,
    };

    private static CelValue Unwrap(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        frame.Charge(a[0].AsList.Count);
        return CelValue.List(new CelArray(
            [.. a[0].AsList.Where(static i => i.Kind == CelKind.Optional && i.AsOptional.HasValue).Select(static i => i.AsOptional.Value)]));
    }
}
