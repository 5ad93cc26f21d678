using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>Whether a field or a key is there.</summary>
internal sealed class CelHas(CelNode target, string field) : CelNode
{
    public override CelValue Eval(CelFrame frame)
    {
        CelValue value = target.Eval(frame);
        if (value.IsError)
        {
            return value;
        }

        frame.Charge(1);
        if (value.Kind == CelKind.Optional)
        {
            if (!value.AsOptional.HasValue)
            {
                return CelValue.Bool(false);
            }

            value = value.AsOptional.Value;
        }

        return value.Kind == CelKind.Map ? CelValue.Bool(value.AsMap.TryGetField(field, out _)) : CelErrors.NoSuchOverload;
    }
}
