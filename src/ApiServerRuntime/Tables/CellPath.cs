using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>Where a column finds its value: member names, read without building a tree.</summary>
internal sealed class CellPath
{
    private readonly string[] _members;

    private CellPath(string[] members) => _members = members;

    public static CellPath Parse(string path) => new([.. path.Split('.', StringSplitOptions.RemoveEmptyEntries)]);

    public bool TryFind(KubeObject item, out ReadOnlyMemory<byte> raw) => item.TryGetRaw(out raw, _members);
}
