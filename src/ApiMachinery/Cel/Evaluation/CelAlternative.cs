using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary><c>or</c> and <c>orValue</c> of an optional; the other is evaluated only if there is no value.</summary>
internal sealed class CelAlternative(CelNode target, CelNode other, bool unwrap) : CelNode
{
    public override CelValue Eval(CelFrame frame)
    {
        CelValue value = target.Eval(frame);
        if (value.Kind != CelKind.Optional)
        {
            return value.IsError ? value : CelErrors.NoSuchOverload;
        }

        frame.Charge(1);
        return !value.AsOptional.HasValue ? other.Eval(frame) : unwrap ? value.AsOptional.Value : value;
    }
}
