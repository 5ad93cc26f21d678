using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>The methods of lists, and lists as sets. Going through a list costs a unit for each item.</summary>
internal static class CelLists
{
    private static readonly string[] Ordered = ["int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes"];
    private static readonly string[] Summed = ["int", "uint", "double", "duration"];

    public static void Register(CelLibrary library)
    {
        string[] items = [.. Ordered.Select(static t => $"list<{t}> -> {t}")];
        string[] verdicts = [.. Ordered.Select(static t => $"list<{t}> -> bool")];
        library.CostedMethod("isSorted", IsSorted, verdicts);
        library.CostedMethod("min", static (f, a) => Extreme(f, a[0].AsList, "min", -1), items);
        library.CostedMethod("max", static (f, a) => Extreme(f, a[0].AsList, "max", 1), items);
        foreach (string type in Summed)
        {
            CelValue zero = type switch { "uint" => CelValue.Uint(0), "double" => CelValue.Double(0), "duration" => CelValue.Duration(0), _ => CelValue.Int(0) };
            CelOverload add = library.Functions("_+_")!.First(o => o.Result.Name == type);
            library.CostedMethod("sum", (f, a) => Sum(f, a[0].AsList, zero, add), $"list<{type}> -> {type}");
        }

        library.CostedMethod("indexOf", static (f, a) => Find(f, a[0].AsList, a[1], last: false), "list<A>, A -> int");
        library.CostedMethod("lastIndexOf", static (f, a) => Find(f, a[0].AsList, a[1], last: true), "list<A>, A -> int");
        library.CostedMethod("distinct", Distinct, "list<A> -> list<A>");
        library.CostedMethod("sort", Sort, "list<A> -> list<A>");
        library.CostedMethod("reverse", static (f, a) => Charged(f, a[0].AsList, a[0].AsList.Reverse()), "list<A> -> list<A>");
        library.Method("slice", Slice, "list<A>, int, int -> list<A>");
        library.CostedMethod("flatten", static (f, a) => Flatten(f, a[0].AsList, 1), "list<list<A>> -> list<A>", "list<dyn> -> list<dyn>");
        library.CostedMethod("flatten", static (f, a) => Flatten(f, a[0].AsList, a[1].AsInt), "list<dyn>, int -> list<dyn>");
        library.CostedFunction("lists.range", Range, "int -> list<int>");
        library.CostedFunction("sets.contains", static (f, a) => CelValue.Bool(Contains(f, a[0].AsList, a[1].AsList)), "list<A>, list<A> -> bool");
        library.CostedFunction("sets.equivalent", Equivalent, "list<A>, list<A> -> bool");
        library.CostedFunction("sets.intersects", Intersects, "list<A>, list<A> -> bool");
    }

    private static CelValue Charged(CelFrame frame, CelList list, IEnumerable<CelValue> items)
    {
        frame.Charge(list.Count + 1);
        return CelValue.List(new CelArray([.. items]));
    }

    private static CelValue IsSorted(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        CelList list = a[0].AsList;
        frame.Charge(list.Count + 1);
        for (int i = 1; i < list.Count; i++)
        {
            if (!CelOrder.Comparable(list[i - 1], list[i]))
            {
                return CelErrors.NoSuchOverload;
            }

            if (CelOrder.Compare(list[i - 1], list[i]) > 0)
            {
                return CelValue.Bool(false);
            }
        }

        return CelValue.Bool(true);
    }

    private static CelValue Extreme(CelFrame frame, CelList list, string name, int sign)
    {
        frame.Charge(list.Count + 1);
        if (list.Count == 0)
        {
            return CelValue.Error($"{name} called on empty list");
        }

        CelValue best = list[0];
        for (int i = 1; i < list.Count; i++)
        {
            CelValue item = list[i];
            if (!CelOrder.Comparable(best, item))
            {
                return item.IsError ? item : CelErrors.NoSuchOverload;
            }

            best = CelOrder.Compare(item, best) * sign > 0 ? item : best;
        }

        return best;
    }

    private static CelValue Sum(CelFrame frame, CelList list, CelValue zero, CelOverload add)
    {
        frame.Charge(list.Count + 1);
        CelValue total = zero;
        for (int i = 0; i < list.Count && !total.IsError; i++)
        {
            CelValue[] terms = [total, list[i]];
            total = terms[1].IsError ? terms[1] : add.Accepts(terms) ? add.Implementation(frame, terms) : CelErrors.NoSuchOverload;
        }

        return total;
    }

    private static CelValue Find(CelFrame frame, CelList list, CelValue wanted, bool last)
    {
        frame.Charge(list.Count + 1);
        for (int i = 0; i < list.Count; i++)
        {
            int at = last ? list.Count - 1 - i : i;
            if (CelEquality.Equal(frame, list[at], wanted))
            {
                return CelValue.Int(at);
            }
        }

        return CelValue.Int(-1);
    }

    private static CelValue Distinct(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        var seen = new HashSet<CelValue>(CelScalarComparer.Instance);
        var kept = new List<CelValue>();
        frame.Charge(a[0].AsList.Count + 1);
        foreach (CelValue item in a[0].AsList)
        {
            bool scalar = item.Kind is not (CelKind.List or CelKind.Map or CelKind.Optional);
            if (scalar ? seen.Add(item) : !Any(frame, kept, item))
            {
                kept.Add(item);
            }
        }

        return CelValue.List(new CelArray(kept));
    }

    private static bool Any(CelFrame frame, List<CelValue> items, CelValue wanted) => items.Exists(i => CelEquality.Equal(frame, i, wanted));

    private static CelValue Sort(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        CelList list = a[0].AsList;
        frame.Charge(list.Count + 1);
        CelValue[] items = [.. list];
        foreach (CelValue item in items)
        {
            if (!CelOrder.Comparable(items[0], item))
            {
                return item.IsError ? item : CelValue.Error("list elements must have the same type");
            }
        }

        return CelValue.List(new CelArray([.. items.Order(Comparer<CelValue>.Create(static (x, y) => CelOrder.Compare(x, y) ?? 0))]));
    }

    private static CelValue Slice(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        (CelList list, long start, long end) = (a[0].AsList, a[1].AsInt, a[2].AsInt);
        if (start < 0 || end < 0)
        {
            return CelValue.Error($"cannot slice({start}, {end}), negative indexes not supported");
        }

        if (start > end)
        {
            return CelValue.Error($"cannot slice({start}, {end}), start index must be less than or equal to end index");
        }

        return end > list.Count
            ? CelValue.Error($"cannot slice({start}, {end}), list is length {list.Count}")
            : CelValue.List(new CelSlice(list, (int)start, (int)end));
    }

    private static CelValue Flatten(CelFrame frame, CelList list, long depth)
    {
        if (depth < 0)
        {
            return CelValue.Error("level must be non-negative");
        }

        var items = new List<CelValue>();
        Flatten(frame, list, depth, items);
        return CelValue.List(new CelArray(items));
    }

    private static void Flatten(CelFrame frame, CelList list, long depth, List<CelValue> items)
    {
        frame.Charge(list.Count + 1);
        foreach (CelValue item in list)
        {
            if (item.Kind == CelKind.List && depth > 0)
            {
                Flatten(frame, item.AsList, depth - 1, items);
            }
            else
            {
                items.Add(item);
            }
        }
    }

    private static CelValue Range(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        if (a[0].AsInt < 0)
        {
            return CelValue.Error("lists.range: size must be non-negative");
        }

        frame.Charge(Math.Min(a[0].AsInt, int.MaxValue) + 1);
        return CelValue.List(new CelArray([.. Enumerable.Range(0, (int)a[0].AsInt).Select(static i => CelValue.Int(i))]));
    }

    private static bool Contains(CelFrame frame, CelList list, CelList wanted)
    {
        frame.Charge(1);
        foreach (CelValue item in wanted)
        {
            frame.Charge(list.Count);
            if (!list.Any(i => CelEquality.Equal(frame, i, item)))
            {
                return false;
            }
        }

        return true;
    }

    private static CelValue Equivalent(CelFrame frame, ReadOnlySpan<CelValue> a) =>
        CelValue.Bool(Contains(frame, a[0].AsList, a[1].AsList) && Contains(frame, a[1].AsList, a[0].AsList));

    private static CelValue Intersects(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        (CelList first, CelList second) = (a[0].AsList, a[1].AsList);
        frame.Charge(1);
        foreach (CelValue item in second)
        {
            frame.Charge(first.Count);
            if (first.Any(i => CelEquality.Equal(frame, i, item)))
            {
                return CelValue.Bool(true);
            }
        }

        return CelValue.Bool(false);
    }
}
