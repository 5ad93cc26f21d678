using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>A field of an object or a value of a map; of an optional, the optional field of what it holds.</summary>
internal sealed class CelSelect(CelNode target, string field, bool optional) : CelNode
{
    public override CelValue Eval(CelFrame frame)
    {
        CelValue value = target.Eval(frame);
        if (value.IsError)
        {
            return value;
        }

        frame.Charge(1);
        bool chained = value.Kind == CelKind.Optional;
        if (chained && !value.AsOptional.HasValue)
        {
            return value;
        }

        CelValue from = chained ? value.AsOptional.Value : value;
        if (from.Kind != CelKind.Map)
        {
            return CelErrors.NoSuchOverload;
        }

        bool found = from.AsMap.TryGetField(field, out CelValue result);
        if (optional || chained)
        {
            return found ? CelOptional.Of(result) : CelValue.Optional(CelOptional.None);
        }

        return found ? result : CelErrors.NoSuchKey(field);
    }
}
