using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

internal sealed class CelConditional(CelNode condition, CelNode then, CelNode otherwise) : CelNode
{
    public override CelValue Eval(CelFrame frame)
    {
        CelValue value = condition.Eval(frame);
        return value.Kind switch
        {
            CelKind.Bool => value.IsTrue ? then.Eval(frame) : otherwise.Eval(frame),
            CelKind.Error => value,
            _ => CelErrors.NoSuchOverload,
        };
    }
}
