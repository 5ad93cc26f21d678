namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>Two lists one after the other, not copied: a sum of lists costs the same whatever their sizes.</summary>
internal sealed class CelConcat(CelList first, CelList second) : CelList
{
    public override int Count { get; } = first.Count + second.Count;

    public override CelValue this[int index] => index < first.Count ? first[index] : second[index - first.Count];
}
