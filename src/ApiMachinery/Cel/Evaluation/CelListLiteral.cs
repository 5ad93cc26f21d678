using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

internal sealed class CelListLiteral((CelNode Value, bool Optional)[] items) : CelNode
{
    public const int Cost = 10;

    public override CelValue Eval(CelFrame frame)
    {
        frame.Charge(Cost);
        var values = new List<CelValue>(items.Length);
        foreach ((CelNode item, bool optional) in items)
        {
            CelValue value = item.Eval(frame);
            if (value.IsError)
            {
                return value;
            }

            if (!optional)
            {
                values.Add(value);
            }
            else if (value.Kind != CelKind.Optional)
            {
                return CelErrors.NoSuchOverload;
            }
            else if (value.AsOptional.HasValue)
            {
                values.Add(value.AsOptional.Value);
            }
        }

        return CelValue.List(new CelArray(values));
    }
}
