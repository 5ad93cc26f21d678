using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>The operators: comparison, membership and indexing; arithmetic is in <see cref="CelArithmetic"/>.</summary>
internal static class CelOperators
{
    private static readonly string[] Numbers = ["int", "uint", "double"];
    private static readonly string[] Ordered = ["bool", "string", "bytes", "duration", "timestamp"];

    public static void Register(CelLibrary library)
    {
        library.CostedFunction("_==_", static (f, a) => CelValue.Bool(Equal(f, a)), "A, A -> bool");
        library.CostedFunction("_!=_", static (f, a) => CelValue.Bool(!Equal(f, a)), "A, A -> bool");
        string[] orders = [.. Ordered.Select(static t => $"{t}, {t} -> bool"), .. Numbers.SelectMany(static a => Numbers.Select(b => $"{a}, {b} -> bool"))];
        library.CostedFunction("_<_", static (f, a) => CelValue.Bool(Compare(f, a) < 0), orders);
        library.CostedFunction("_<=_", static (f, a) => CelValue.Bool(Compare(f, a) <= 0), orders);
        library.CostedFunction("_>_", static (f, a) => CelValue.Bool(Compare(f, a) > 0), orders);
        library.CostedFunction("_>=_", static (f, a) => CelValue.Bool(Compare(f, a) >= 0), orders);
        library.Function("!_", static (_, a) => CelValue.Bool(!a[0].IsTrue), "bool -> bool");
        library.CostedFunction("@in", InList, "A, list<A> -> bool");
        library.Function("@in", static (_, a) => CelValue.Bool(a[1].AsMap.TryGet(a[0], out CelValue _)), "A, map<A, B> -> bool");
        library.Function("_[_]", static (_, a) => At(a[0].AsList, a[1]), "list<A>, int -> A");
        library.Function("_[_]", static (_, a) => Under(a[0].AsMap, a[1]), "map<A, B>, A -> B");
        library.Function("_[_]", static (_, a) => Maybe(a), "optional<list<A>>, int -> optional<A>", "optional<map<A, B>>, A -> optional<B>");
        library.Function("_[?_]", static (_, a) => Maybe(a), "list<A>, int -> optional<A>", "map<A, B>, A -> optional<B>");
        library.Function("_[?_]", static (_, a) => Maybe(a), "optional<list<A>>, int -> optional<A>", "optional<map<A, B>>, A -> optional<B>");
        library.Function("size", static (f, a) => CelValue.Int(CelSizes.Of(f, a[0])), "string -> int", "bytes -> int", "list<A> -> int", "map<A, B> -> int");
        library.Method("size", static (f, a) => CelValue.Int(CelSizes.Of(f, a[0])), "string -> int", "bytes -> int", "list<A> -> int", "map<A, B> -> int");
        CelArithmetic.Register(library);
    }

    private static bool Equal(CelFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        frame.ChargeTraversal(Math.Min(CelSizes.Of(frame, arguments[0]), CelSizes.Of(frame, arguments[1])));
        return CelEquality.Equal(frame, arguments[0], arguments[1]);
    }

    private static int? Compare(CelFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        frame.ChargeTraversal(Math.Min(CelSizes.Of(frame, arguments[0]), CelSizes.Of(frame, arguments[1])));
        return CelOrder.Compare(arguments[0], arguments[1]);
    }

    private static CelValue InList(CelFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        CelList list = arguments[1].AsList;
        frame.Charge(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            if (CelEquality.Equal(frame, arguments[0], list[i]))
            {
                return CelValue.Bool(true);
            }
        }

        return CelValue.Bool(false);
    }

    private static CelValue At(CelList list, in CelValue index) =>
        index.AsInt >= 0 && index.AsInt < list.Count ? list[(int)index.AsInt] : CelErrors.OutOfBounds(index.AsInt);

    private static CelValue Under(CelMap map, in CelValue key) => map.TryGet(key, out CelValue value) ? value : CelErrors.NoSuchKey(CelErrors.Bare(key));

    private static CelValue Maybe(ReadOnlySpan<CelValue> arguments)
    {
        CelValue target = arguments[0];
        if (target.Kind == CelKind.Optional)
        {
            if (!target.AsOptional.HasValue)
            {
                return target;
            }

            target = target.AsOptional.Value;
        }

        CelValue key = arguments[1];
        CelValue value = default;
        bool found = target.Kind switch
        {
            CelKind.List when key.Kind == CelKind.Int && key.AsInt >= 0 && key.AsInt < target.AsList.Count => Item(target.AsList, key, out value),
            CelKind.Map => target.AsMap.TryGet(key, out value),
            _ => false,
        };
        return found ? CelOptional.Of(value) : CelValue.Optional(CelOptional.None);
    }

    private static bool Item(CelList list, in CelValue index, out CelValue value)
    {
        value = list[(int)index.AsInt];
        return true;
    }
}
