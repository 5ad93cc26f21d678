using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>A call of a function whose arguments are all evaluated; the first overload that takes their types is called.</summary>
internal sealed class CelCall(CelOverload[] overloads, CelNode[] arguments) : CelNode
{
    public override CelValue Eval(CelFrame frame)
    {
        CelArguments values = default;
        for (int i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i].Eval(frame);
            if (values[i].IsError)
            {
                return values[i];
            }
        }

        ReadOnlySpan<CelValue> given = ((ReadOnlySpan<CelValue>)values)[..arguments.Length];
        foreach (CelOverload overload in overloads)
        {
            if (overload.Accepts(given))
            {
                frame.Charge(overload.Cost);
                return overload.Implementation(frame, given);
            }
        }

        frame.Charge(1);
        return CelErrors.NoSuchOverload;
    }
}
