namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>The macros that go through a list or a map.</summary>
internal enum CelMacroKind
{
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
    TransformMap,
    TransformMapEntry,
}
