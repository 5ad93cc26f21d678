using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Paths;
using KubeFed.ApiServerRuntime.Discovery;

namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>Where a column finds its value. A path of member names alone is read without building a tree; of any other the first result counts.</summary>
internal sealed class CellPath
{
    private readonly JsonPath? _path;
    private readonly string[] _members;

    private CellPath(JsonPath? path)
    {
        _path = path;
        _members = [.. path?.Fields ?? []];
    }

    /// <summary>Compiles a path. One that is none finds nothing: the columns of a type are checked before it is served.</summary>
    public static CellPath Parse(string path)
    {
        try
        {
            return new CellPath(JsonPath.Parse(path));
        }
        catch (JsonPathException)
        {
            return new CellPath(null);
        }
    }

    public bool TryFind(KubeObject item, out ReadOnlyMemory<byte> raw)
    {
        raw = default;
        if (_path is null)
        {
            return false;
        }

        if (_path.IsSimple)
        {
            return item.TryGetRaw(out raw, _members);
        }

        IReadOnlyList<JsonNode?> found = _path.Evaluate(item);
        if (found.Count == 0)
        {
            return false;
        }

        raw = found[0] is { } node ? JsonBytes.Write(json => node.WriteTo(json)) : "null"u8.ToArray();
        return true;
    }
}
