using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>
/// An object of JSON, read through a schema: with named fields, or as a map. What was read is kept, for loops within loops. Not thread-safe.
/// </summary>
internal sealed class CelJsonMap(JsonObject members, CelShape shape) : CelMap
{
    private Dictionary<string, CelValue>? _read;
    private List<CelValue>? _keys;

    public override int Count => members.Count;

    public override IReadOnlyList<CelValue> Keys() => _keys ??= [.. members.Select(static m => CelValue.String(m.Key))];

    public override bool TryGet(in CelValue key, out CelValue value)
    {
        value = default;
        return key.Kind == CelKind.String && TryGetMember(key.AsString, out value);
    }

    public override bool TryGetField(string name, out CelValue value) =>
        TryGetMember(shape.Escaped.TryGetValue(name, out string? property) ? property : name, out value);

    private bool TryGetMember(string name, out CelValue value)
    {
        if (_read is not null && _read.TryGetValue(name, out value))
        {
            return true;
        }

        value = default;
        if (!members.TryGetPropertyValue(name, out JsonNode? node))
        {
            return false;
        }

        value = CelJson.Read(node, shape.Element ?? shape.Properties.GetValueOrDefault(name) ?? CelShape.Any);
        (_read ??= new Dictionary<string, CelValue>(StringComparer.Ordinal))[name] = value;
        return true;
    }
}
