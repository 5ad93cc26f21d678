using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Parsing;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>How large values are, for <c>size()</c> and for costs.</summary>
internal static class CelSizes
{
    private const int CharactersPerStep = 64;

    /// <summary>Code points, octets, items or entries; 1 for anything else. Counting code points takes steps.</summary>
    public static long Of(CelFrame frame, in CelValue value) => value.Kind switch
    {
        CelKind.String => Counted(frame, value.AsString),
        CelKind.Bytes => value.AsBytes.Length,
        CelKind.List => value.AsList.Count,
        CelKind.Map => value.AsMap.Count,
        _ => 1,
    };

    private static long Counted(CelFrame frame, string text)
    {
        frame.Step(text.Length / CharactersPerStep);
        return CelSource.CodePoints(text);
    }
}
