namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A list made by an expression.</summary>
internal sealed class CelArray(IReadOnlyList<CelValue> items, CelShape? shape = null) : CelList
{
    public override int Count => items.Count;

    public override CelShape? Shape => shape;

    public override CelValue this[int index] => items[index];
}
