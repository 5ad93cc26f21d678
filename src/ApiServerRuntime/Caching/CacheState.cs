using KubeFed.ApiServerRuntime.Caching.Trees;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>The newest objects of a type.</summary>
/// <param name="Tree">The objects.</param>
/// <param name="Revision">The last write to the type, or what was read when it was loaded.</param>
internal sealed record CacheState(ObjectTree Tree, long Revision);
