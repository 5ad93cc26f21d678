using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>A compiled part of an expression. Immutable; evaluation keeps its state in the frame.</summary>
internal abstract class CelNode
{
    public abstract CelValue Eval(CelFrame frame);
}
