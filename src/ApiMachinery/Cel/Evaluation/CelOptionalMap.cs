using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary><c>optMap</c> and <c>optFlatMap</c>: what becomes of the value of an optional.</summary>
internal sealed class CelOptionalMap(CelNode target, int slot, CelNode transform, bool flat) : CelNode
{
    public override CelValue Eval(CelFrame frame)
    {
        CelValue value = target.Eval(frame);
        if (value.Kind != CelKind.Optional)
        {
            return value.IsError ? value : CelErrors.NoSuchOverload;
        }

        frame.Charge(1);
        if (!value.AsOptional.HasValue)
        {
            return value;
        }

        frame.Slots[slot] = value.AsOptional.Value;
        CelValue result = transform.Eval(frame);
        return flat ? result : CelOptional.Of(result);
    }
}
