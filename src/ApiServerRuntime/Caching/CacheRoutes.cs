using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>The caches there are, by type and by what their keys begin with. Immutable.</summary>
internal sealed class CacheRoutes
{
    private readonly FrozenDictionary<string, ResourceCache> _byPrefix;
    private readonly FrozenDictionary<GroupResource, ResourceCache> _byType;

    public CacheRoutes(IReadOnlyList<ResourceCache> caches)
    {
        Caches = caches;
        _byPrefix = caches.ToFrozenDictionary(cache => cache.Type.KeyPrefix, StringComparer.Ordinal);
        _byType = caches.ToFrozenDictionary(cache => cache.Type.GroupResource);
    }

    public IReadOnlyList<ResourceCache> Caches { get; }

    public ResourceCache? Find(GroupResource type) => _byType.GetValueOrDefault(type);

    /// <summary>The cache of a key: <c>/group/plural/</c> is looked for before <c>/plural/</c>, that of the core group.</summary>
    public bool TryFind(string key, [MaybeNullWhen(false)] out ResourceCache cache)
    {
        cache = null;
        var first = key.IndexOf('/', 1) + 1;
        if (first == 0)
        {
            return false;
        }

        var prefixes = _byPrefix.GetAlternateLookup<ReadOnlySpan<char>>();
        var second = key.IndexOf('/', first) + 1;
        return (second > 0 && prefixes.TryGetValue(key.AsSpan(0, second), out cache)) || prefixes.TryGetValue(key.AsSpan(0, first), out cache);
    }
}
