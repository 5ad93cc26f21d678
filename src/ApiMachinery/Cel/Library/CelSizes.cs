using KubeFed.ApiMachinery.Cel.Parsing;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>How large values are, for <c>size()</c> and for costs.</summary>
internal static class CelSizes
{
    /// <summary>Code points, octets, items or entries; 1 for anything else.</summary>
    public static long Of(in CelValue value) => value.Kind switch
    {
        CelKind.String => CelSource.CodePoints(value.AsString),
        CelKind.Bytes => value.AsBytes.Length,
        CelKind.List => value.AsList.Count,
        CelKind.Map => value.AsMap.Count,
        _ => 1,
    };
}
