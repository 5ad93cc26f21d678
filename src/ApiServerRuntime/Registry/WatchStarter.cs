using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Caching;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Begins watches, by the rules for resource versions of the Kubernetes API.</summary>
internal sealed class WatchStarter(IResourceCacheSet caches)
{
    public async ValueTask<IResourceWatch> StartAsync(ResourceContext context, WatchOptions options, CancellationToken cancellationToken)
    {
        ListRules.Check(options);
        var version = TypeRuntime.Of(context.Type).Version(context.Version.Name);
        var selection = ObjectSelection.Parse(version, options.LabelSelector, options.FieldSelector);
        if (!RevisionText.TryParse(options.ResourceVersion, out long? revision, out string error))
        {
            throw new StatusException(new Status { Outcome = "Failure", Code = 500, Message = error });
        }

        var cache = caches.Get(context.Type);
        var request = new CacheWatchOptions
        {
            KeyPrefix = Scope(context, selection),
            Matches = selection.IsEverything ? null : selection.Matches,
            Bookmarks = options.AllowBookmarks,
            Timeout = options.Timeout,
        };
        request = options.SendInitialEvents switch
        {
            true => request with { NotOlderThan = revision, SendInitialEventsEnd = options.AllowBookmarks },
            false when revision is null or 0 => request with { AfterRevision = await NowAsync(cache, revision, cancellationToken).ConfigureAwait(false) },
            _ when revision is null or 0 => request with { NotOlderThan = revision, SendInitialEventsEnd = options.AllowBookmarks },
            _ => request with { AfterRevision = revision },
        };
        var watch = await BeginAsync(cache, request, cancellationToken).ConfigureAwait(false);
        return version.IsStorage ? watch : new ConvertingWatch(watch, version);
    }

    // One object when the selector names it, else all of the namespace.
    private static string Scope(ResourceContext context, ObjectSelection selection)
    {
        bool whole = context.Namespace.Length > 0 || context.Type.Scope == ResourceScope.Cluster;
        return whole && !string.IsNullOrEmpty(selection.Name)
            ? context.Type.KeyOf(context.Namespace, selection.Name)
            : context.Type.KeyPrefixOf(context.Namespace);
    }

    private static async ValueTask<long> NowAsync(IResourceCache cache, long? revision, CancellationToken cancellationToken)
    {
        var snapshot = revision is null
            ? await cache.NewestAsync(cancellationToken).ConfigureAwait(false)
            : await cache.AnyAsync(cancellationToken).ConfigureAwait(false);
        return snapshot.Revision;
    }

    // What is wrong with the revision is told in the stream, as an ERROR event.
    private static async ValueTask<IResourceWatch> BeginAsync(IResourceCache cache, CacheWatchOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await cache.WatchAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (StatusException e) when (e.Code is 410 or 504)
        {
            return new FailedWatch(e);
        }
    }
}
