namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A part of a list, not copied.</summary>
internal sealed class CelSlice(CelList whole, int start, int end) : CelList
{
    public override int Count { get; } = end - start;

    public override CelValue this[int index] => whole[start + index];
}
