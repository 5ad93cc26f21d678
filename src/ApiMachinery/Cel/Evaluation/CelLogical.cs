using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>Conjunction or disjunction: an operand that decides the result wins over the failure of another, in whatever order.</summary>
internal sealed class CelLogical(CelNode[] operands, bool decisive) : CelNode
{
    public override CelValue Eval(CelFrame frame)
    {
        CelValue failure = default;
        foreach (CelNode operand in operands)
        {
            CelValue value = operand.Eval(frame);
            if (value.Kind == CelKind.Bool)
            {
                if (value.IsTrue == decisive)
                {
                    return value;
                }
            }
            else if (!failure.IsError)
            {
                failure = value.IsError ? value : CelErrors.NoSuchOverload;
            }
        }

        return failure.IsError ? failure : CelValue.Bool(!decisive);
    }
}
