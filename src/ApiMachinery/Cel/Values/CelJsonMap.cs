using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>An object of JSON, read through a schema: with named fields, or as a map.</summary>
internal sealed class CelJsonMap(JsonObject members, CelShape shape) : CelMap
{
    public override int Count => members.Count;

    public override IReadOnlyList<CelValue> Keys()
    {
        var keys = new List<CelValue>(members.Count);
        foreach (KeyValuePair<string, JsonNode?> member in members)
        {
            keys.Add(CelValue.String(member.Key));
        }

        return keys;
    }

    public override bool TryGet(in CelValue key, out CelValue value)
    {
        value = default;
        return key.Kind == CelKind.String && TryGetMember(key.AsString, out value);
    }

    public override bool TryGetField(string name, out CelValue value) =>
        TryGetMember(shape.Escaped.TryGetValue(name, out string? property) ? property : name, out value);

    private bool TryGetMember(string name, out CelValue value)
    {
        value = default;
        if (!members.TryGetPropertyValue(name, out JsonNode? node))
        {
            return false;
        }

        value = CelJson.Read(node, shape.Element ?? shape.Properties.GetValueOrDefault(name) ?? CelShape.Any);
        return true;
    }
}
