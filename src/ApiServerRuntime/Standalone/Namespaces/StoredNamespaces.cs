using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Standalone.Namespaces;

/// <summary>The namespaces of a server by itself.</summary>
internal sealed class StoredNamespaces(IResourceCacheSet caches) : INamespaceLookup
{
    private static readonly ResourceType Type = BuiltinTypes.Get(string.Empty, "namespaces");

    /// <inheritdoc/>
    public async ValueTask<NamespaceState> FindAsync(string name, bool fresh, CancellationToken cancellationToken)
    {
        var cache = caches.Get(Type);
        var snapshot = fresh ? await cache.NewestAsync(cancellationToken) : await cache.AnyAsync(cancellationToken);
        return snapshot.Find(Type.KeyOf(string.Empty, name)) switch
        {
            null => NamespaceState.Missing,
            { Object.Metadata.IsDeleting: true } => NamespaceState.Terminating,
            _ => NamespaceState.Active,
        };
    }
}
