using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Admission;

/// <summary>Namespaces that this server stores itself, as the core group's resource <c>namespaces</c>. Without that type none exists.</summary>
public sealed class StoredNamespaceLookup : INamespaceLookup
{
    private static readonly GroupResource Namespaces = new(string.Empty, "namespaces");
    private readonly ITypeSource _types;
    private readonly IStorage _storage;
    private readonly IResourceCacheSet _caches;

    /// <summary>Creates the lookup.</summary>
    public StoredNamespaceLookup(ITypeSource types, IStorage storage, IResourceCacheSet caches)
    {
        _types = types;
        _storage = storage;
        _caches = caches;
    }

    /// <inheritdoc/>
    public async ValueTask<NamespaceState> FindAsync(string name, bool fresh, CancellationToken cancellationToken)
    {
        if (_types.Current.Find(Namespaces) is not { } type)
        {
            return NamespaceState.Missing;
        }

        var found = await ReadAsync(type, type.KeyOf(string.Empty, name), fresh, cancellationToken).ConfigureAwait(false);
        return found is null ? NamespaceState.Missing : found.Metadata.IsDeleting ? NamespaceState.Terminating : NamespaceState.Active;
    }

    private async ValueTask<KubeObject?> ReadAsync(ResourceType type, string key, bool fresh, CancellationToken cancellationToken)
    {
        if (!fresh)
        {
            var snapshot = await _caches.Get(type).AnyAsync(cancellationToken).ConfigureAwait(false);
            return snapshot.Find(key)?.Object;
        }

        var stored = await _storage.GetAsync(key, cancellationToken).ConfigureAwait(false);
        return stored is null ? null : StoredObjectCodec.Decode(stored, type);
    }
}
