using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>The caches of all types.</summary>
public interface IResourceCacheSet
{
    /// <summary>
    /// The cache of a type, created when first asked for. A type with the same group, plural and definition has the same cache, so that a
    /// changed schema does not empty it; one whose definition was made anew has another.
    /// </summary>
    IResourceCache Get(ResourceType type);
}
