using KubeFed.ApiMachinery.Cel.Values;
using KubeFed.ApiMachinery.Quantities;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>A quantity as a value.</summary>
internal sealed record CelQuantity(Quantity Value) : ICelOpaque
{
    public CelType Type => CelTypes.Quantity;

    public override string ToString() => Value.ToString();
}
