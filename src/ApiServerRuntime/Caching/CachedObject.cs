using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>An object as the cache holds it: in the storage version, its resource version written into it.</summary>
/// <param name="Key">The storage key.</param>
/// <param name="Object">The object.</param>
/// <param name="Revision">The revision of the write that made it.</param>
public sealed record CachedObject(string Key, KubeObject Object, long Revision);
