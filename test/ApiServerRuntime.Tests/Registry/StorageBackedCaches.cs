using System.Collections.Concurrent;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

internal sealed class StorageBackedCaches(IStorage storage) : IResourceCacheSet
{
    private readonly ConcurrentDictionary<GroupResource, StorageBackedCache> _caches = new();

    public StorageBackedCache Of(ResourceType type) => _caches.GetOrAdd(type.GroupResource, _ => new StorageBackedCache(storage, type));

    public IResourceCache Get(ResourceType type) => Of(type);
}
