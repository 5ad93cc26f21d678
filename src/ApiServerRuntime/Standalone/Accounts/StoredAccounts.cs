using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Authentication.Tokens;
using KubeFed.ApiServerRuntime.Caching;

namespace KubeFed.ApiServerRuntime.Standalone.Accounts;

/// <summary>Finds the service accounts and secrets that tokens depend on among the stored objects, as of now. There are no pods.</summary>
internal sealed class StoredAccounts(IResourceCacheSet caches) : IServiceAccountLookup
{
    /// <inheritdoc/>
    public async ValueTask<KubeObject?> FindAsync(string kind, string @namespace, string name, CancellationToken cancellationToken)
    {
        var plural = kind switch { "ServiceAccount" => "serviceaccounts", "Secret" => "secrets", _ => null };
        if (plural is null)
        {
            return null;
        }

        var type = BuiltinTypes.Get(string.Empty, plural);
        var snapshot = await caches.Get(type).NewestAsync(cancellationToken);
        return snapshot.Find(type.KeyOf(@namespace, name))?.Object;
    }
}
