using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

internal sealed class CelVariable(int slot) : CelNode
{
    public override CelValue Eval(CelFrame frame)
    {
        frame.Charge(1);
        return frame.Slots[slot];
    }
}
