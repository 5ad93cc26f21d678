namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A map made by an expression.</summary>
internal sealed class CelDictionary : CelMap
{
    private readonly Dictionary<CelValue, CelValue> _entries = new(CelScalarComparer.Instance);
    private readonly List<CelValue> _keys = [];

    public override int Count => _keys.Count;

    /// <summary>Adds an entry while the map is made.</summary>
    /// <returns>The error, or null.</returns>
    public CelValue Add(in CelValue key, in CelValue value)
    {
        if (key.Kind is not (CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.String or CelKind.Double))
        {
            return CelValue.Error($"unsupported key type: {CelTypes.Of(key).RuntimeName}");
        }

        if (!_entries.TryAdd(key, value))
        {
            return CelValue.Error($"Failed with repeated key: {CelErrors.Bare(key)}");
        }

        _keys.Add(key);
        return default;
    }

    public override IReadOnlyList<CelValue> Keys() => _keys;

    public override bool TryGet(in CelValue key, out CelValue value) => _entries.TryGetValue(key, out value);

    public override bool TryGetField(string name, out CelValue value) => _entries.TryGetValue(CelValue.String(name), out value);
}
