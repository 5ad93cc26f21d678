using KubeFed.ApiMachinery.Cel.Evaluation;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>Equality: values of different types are unequal, but numbers are compared by value.</summary>
internal static class CelEquality
{
    /// <summary>Whether two values are equal; every item looked at is a step of <paramref name="frame"/>.</summary>
    public static bool Equal(CelFrame frame, in CelValue a, in CelValue b)
    {
        frame.Step();
        return a.Kind switch
        {
            CelKind.List => b.Kind == CelKind.List && Lists(frame, a.AsList, b.AsList),
            CelKind.Map => b.Kind == CelKind.Map && Maps(frame, a.AsMap, b.AsMap),
            CelKind.Optional => b.Kind == CelKind.Optional && Optionals(frame, a.AsOptional, b.AsOptional),
            _ => Scalars(a, b),
        };
    }

    public static bool Scalars(in CelValue a, in CelValue b) => a.Kind switch
    {
        CelKind.Int or CelKind.Uint or CelKind.Double => IsNumber(b) && CelOrder.CompareNumbers(a, b) == 0,
        _ when a.Kind != b.Kind => false,
        CelKind.Null => true,
        CelKind.Bool => a.IsTrue == b.IsTrue,
        CelKind.String => string.Equals(a.AsString, b.AsString, StringComparison.Ordinal),
        CelKind.Bytes => a.AsBytes.AsSpan().SequenceEqual(b.AsBytes),
        CelKind.Duration => a.AsDuration == b.AsDuration,
        CelKind.Timestamp => a.AsTimestamp == b.AsTimestamp,
        CelKind.Type => a.AsType.RuntimeName == b.AsType.RuntimeName,
        CelKind.Opaque => a.AsOpaque.Equals(b.AsOpaque),
        _ => false,
    };

    public static bool IsNumber(in CelValue value) => value.Kind is CelKind.Int or CelKind.Uint or CelKind.Double;

    private static bool Lists(CelFrame frame, CelList a, CelList b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }

        if (a.Shape is { IsKeyed: true } shape)
        {
            return CelKeyedList.Equal(frame, a, b, shape);
        }

        for (int i = 0; i < a.Count; i++)
        {
            if (!Equal(frame, a[i], b[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Maps(CelFrame frame, CelMap a, CelMap b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }

        frame.Step(a.Count);
        foreach (CelValue key in a.Keys())
        {
            if (!a.TryGet(key, out CelValue left) || !b.TryGet(key, out CelValue right) || !Equal(frame, left, right))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Optionals(CelFrame frame, CelOptional a, CelOptional b) =>
        a.HasValue == b.HasValue && (!a.HasValue || Equal(frame, a.Value, b.Value));
}
