namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A map, or an object, which is a map from the names of its fields.</summary>
internal abstract class CelMap
{
    public abstract int Count { get; }

    /// <summary>The keys in the order in which loops see them.</summary>
    public abstract IReadOnlyList<CelValue> Keys();

    /// <summary>The value under a key; it may be an error.</summary>
    public abstract bool TryGet(in CelValue key, out CelValue value);

    /// <summary>The field of that name as expressions write it; for a map, the value under that text.</summary>
    public abstract bool TryGetField(string name, out CelValue value);
}
