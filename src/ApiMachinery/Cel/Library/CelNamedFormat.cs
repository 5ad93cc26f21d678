using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>A format of text and what it says of a text that is not of it: nothing if it is.</summary>
internal sealed record CelNamedFormat(string Name, Func<string, IReadOnlyList<string>> Reasons) : ICelOpaque
{
    public CelType Type => CelTypes.NamedFormat;

    public bool Equals(CelNamedFormat? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
