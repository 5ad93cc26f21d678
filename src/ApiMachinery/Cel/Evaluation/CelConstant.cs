using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

internal sealed class CelConstant(CelValue value) : CelNode
{
    public CelValue Value { get; } = value;

    public override CelValue Eval(CelFrame frame) => Value;
}
