using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Discovery;

/// <summary>
/// Finds resources by the names people and objects use. Answers come from a cache that is read anew, at most every few
/// seconds, when something is not found in it.
/// </summary>
public interface IRestMapper
{
    /// <summary>
    /// Resolves what a person types: kind, plural, singular, short name, <c>plural.group</c>, <c>plural.version.group</c>,
    /// in any case. A hit in the core group wins over others.
    /// </summary>
    /// <exception cref="ResourceNotFoundException">Nothing of that name is served.</exception>
    /// <exception cref="AmbiguousResourceException">Several groups serve it; the message lists the full names.</exception>
    Task<ApiResource> ResolveAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The resource of a kind, or null when the server does not serve it.</summary>
    Task<ApiResource?> FindKindAsync(GroupVersionKind kind, CancellationToken cancellationToken = default);

    /// <summary>The resource at a group, version and plural, or null when the server does not serve it.</summary>
    Task<ApiResource?> FindResourceAsync(GroupVersionResource resource, CancellationToken cancellationToken = default);

    /// <summary>All resources of the versions that their groups prefer.</summary>
    Task<IReadOnlyList<ApiResource>> ListPreferredAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets what is cached.</summary>
    void Invalidate();
}
