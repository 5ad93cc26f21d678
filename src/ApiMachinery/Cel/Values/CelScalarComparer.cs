namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>Equality of scalars as keys: numbers by value whatever their type. Lists and maps are never equal here.</summary>
internal sealed class CelScalarComparer : IEqualityComparer<CelValue>
{
    public static readonly CelScalarComparer Instance = new();

    public bool Equals(CelValue x, CelValue y) => CelEquality.Scalars(x, y);

    public int GetHashCode(CelValue obj) => obj.Kind switch
    {
        CelKind.String => obj.AsString.GetHashCode(StringComparison.Ordinal),
        CelKind.Int => ((double)obj.AsInt).GetHashCode(),
        CelKind.Uint => ((double)obj.AsUint).GetHashCode(),
        CelKind.Double => (obj.AsDouble == 0 ? 0d : obj.AsDouble).GetHashCode(),
        CelKind.Bool => obj.IsTrue ? 1 : 0,
        CelKind.Duration => obj.AsDuration.GetHashCode(),
        CelKind.Timestamp => obj.AsTimestamp.GetHashCode(),
        CelKind.Opaque => obj.AsOpaque.GetHashCode(),
        _ => (int)obj.Kind,
    };
}
