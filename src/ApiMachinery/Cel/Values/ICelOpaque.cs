namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A value of a library. Equality is that of <see cref="object.Equals(object)"/>.</summary>
internal interface ICelOpaque
{
    CelType Type { get; }
}
