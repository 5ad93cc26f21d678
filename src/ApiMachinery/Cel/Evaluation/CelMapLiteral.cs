using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

internal sealed class CelMapLiteral((CelNode Key, CelNode Value, bool Optional)[] entries) : CelNode
{
    private const int Cost = 30;

    public override CelValue Eval(CelFrame frame)
    {
        frame.Charge(Cost);
        var map = new CelDictionary();
        foreach ((CelNode keyNode, CelNode valueNode, bool optional) in entries)
        {
            CelValue key = keyNode.Eval(frame);
            CelValue value = key.IsError ? key : valueNode.Eval(frame);
            if (value.IsError || (optional && value.Kind != CelKind.Optional))
            {
                return value.IsError ? value : CelErrors.NoSuchOverload;
            }

            if (optional && !value.AsOptional.HasValue)
            {
                continue;
            }

            CelValue fault = map.Add(key, optional ? value.AsOptional.Value : value);
            if (fault.IsError)
            {
                return fault;
            }
        }

        return CelValue.Map(map);
    }
}
