using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Finds the object that a change is based on.</summary>
internal sealed class CurrentReader(WriteServices services)
{
    /// <summary>The object from the cache, which spares a read of the storage when nobody else writes; from the storage when it is not there.</summary>
    public async ValueTask<CurrentObject?> CachedAsync(WriteSession session, string key, CancellationToken cancellationToken)
    {
        var cache = services.Caches.Get(session.Context.Type);
        if (cache.IsReady)
        {
            var snapshot = await cache.AnyAsync(cancellationToken).ConfigureAwait(false);
            if (snapshot.Find(key) is { } found)
            {
                return new CurrentObject(found.Object, found.Revision, fromCache: true, session.Version);
            }
        }

        return await FreshAsync(session, key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The object from the storage.</summary>
    public async ValueTask<CurrentObject?> FreshAsync(WriteSession session, string key, CancellationToken cancellationToken) =>
        Decode(session, await services.Storage.GetAsync(key, cancellationToken).ConfigureAwait(false));

    /// <summary>The object of a value that the storage gave.</summary>
    public static CurrentObject? Decode(WriteSession session, StoredValue? value) => value is null
        ? null
        : new CurrentObject(StoredObjectCodec.Decode(value, session.Context.Type), value.Revision, fromCache: false, session.Version);
}
