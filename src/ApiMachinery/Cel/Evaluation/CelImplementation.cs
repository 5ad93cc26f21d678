using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>A function. None of the arguments is an error; they may be of types that the function does not take.</summary>
internal delegate CelValue CelImplementation(CelFrame frame, ReadOnlySpan<CelValue> arguments);
