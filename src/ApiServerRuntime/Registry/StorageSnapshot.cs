using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>A state that was read from the storage, because the cache no longer has it. Objects are decoded when they are asked for.</summary>
internal sealed class StorageSnapshot(StoragePage page, ResourceType type) : ResourceSnapshot
{
    public override long Revision => page.Revision;

    public override int Count => page.Items.Count;

    public override CachedObject? Find(string key)
    {
        int at = IndexOf(key);
        return at < Count && page.Items[at].Key == key ? Decode(page.Items[at]) : null;
    }

    public override IEnumerable<CachedObject> Range(string prefix, string? startKey = null)
    {
        for (int i = First(prefix, startKey); i < Count && page.Items[i].Key.StartsWith(prefix, StringComparison.Ordinal); i++)
        {
            yield return Decode(page.Items[i]);
        }
    }

    public override int CountRange(string prefix, string? startKey = null)
    {
        int first = First(prefix, startKey);
        int end = first;
        while (end < Count && page.Items[end].Key.StartsWith(prefix, StringComparison.Ordinal))
        {
            end++;
        }

        return end - first;
    }

    private int First(string prefix, string? startKey) =>
        IndexOf(startKey is not null && string.CompareOrdinal(startKey, prefix) > 0 ? startKey : prefix);

    // The place of the first key that is not before the given one.
    private int IndexOf(string key)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (string.CompareOrdinal(page.Items[middle].Key, key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private CachedObject Decode(StoredValue value) => new(value.Key, StoredObjectCodec.Decode(value, type), value.Revision);
}
