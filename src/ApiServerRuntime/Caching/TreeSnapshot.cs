using KubeFed.ApiServerRuntime.Caching.Trees;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>A tree of a revision.</summary>
internal sealed class TreeSnapshot(ObjectTree tree, long revision) : ResourceSnapshot
{
    public override long Revision => revision;

    public override int Count => tree.Count;

    public override CachedObject? Find(string key) => tree.Find(key);

    public override IEnumerable<CachedObject> Range(string prefix, string? startKey = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return tree.Range(Later(prefix, startKey), EndOf(prefix));
    }

    public override int CountRange(string prefix, string? startKey = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return tree.CountRange(Later(prefix, startKey), EndOf(prefix));
    }

    private static string Later(string prefix, string? startKey) =>
        startKey is null || string.CompareOrdinal(startKey, prefix) < 0 ? prefix : startKey;

    private static string? EndOf(string prefix) => prefix.Length == 0 ? null : StorageKeys.EndOf(prefix);
}
