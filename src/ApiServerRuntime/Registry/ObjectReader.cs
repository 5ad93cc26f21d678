using System.Globalization;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Get and list, by the rules for resource versions of the Kubernetes API.</summary>
internal sealed class ObjectReader(IStorage storage, IResourceCacheSet caches)
{
    private const string InconsistentHint =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, "
        + "or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an "
        + "inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    /// <summary>One object in the version of the context.</summary>
    public async ValueTask<KubeObject> GetAsync(ResourceContext context, string? resourceVersion, CancellationToken cancellationToken)
    {
        if (!RevisionText.TryParse(resourceVersion, out long? revision, out string error))
        {
            throw StatusErrors.BadRequest($"invalid resource version: {error}");
        }

        var cache = caches.Get(context.Type);
        var snapshot = revision switch
        {
            null => await cache.NewestAsync(cancellationToken).ConfigureAwait(false),
            0 => await cache.AnyAsync(cancellationToken).ConfigureAwait(false),
            { } least => await cache.NotOlderThanAsync(least, cancellationToken).ConfigureAwait(false),
        };
        var found = snapshot.Find(context.Type.KeyOf(context.Namespace, context.Name))
            ?? throw StatusErrors.NotFound(context.Type.GroupResource, context.Name);
        return TypeRuntime.Of(context.Type).Version(context.Version.Name).FromStorage(found.Object);
    }

    /// <summary>A page of objects in the version of the context.</summary>
    public async ValueTask<KubeObjectList> ListAsync(ResourceContext context, ListOptions options, CancellationToken cancellationToken)
    {
        ListRules.Check(options);
        var version = TypeRuntime.Of(context.Type).Version(context.Version.Name);
        var selection = ObjectSelection.Parse(version, options.LabelSelector, options.FieldSelector);
        if (!RevisionText.TryParse(options.ResourceVersion, out long? revision, out string error))
        {
            throw StatusErrors.BadRequest($"invalid resource version: {error}");
        }

        string prefix = context.Type.KeyPrefixOf(context.Namespace);
        var (snapshot, start) = await ChooseAsync(context.Type, prefix, options, revision, cancellationToken).ConfigureAwait(false);
        int limit = revision == 0 && string.IsNullOrEmpty(options.Continue) ? 0 : Math.Max(0, options.Limit ?? 0);
        return Page(context, version, snapshot, new PageRequest(prefix, start, limit, selection));
    }

    private static KubeObjectList Page(ResourceContext context, VersionRuntime version, ResourceSnapshot snapshot, PageRequest request)
    {
        string resourceVersion = snapshot.Revision.ToString(CultureInfo.InvariantCulture);
        if (SingleKey(context, request) is { } key)
        {
            var found = snapshot.Find(key);
            return found is not null && request.Selection.Matches(found.Object)
                ? new KubeObjectList([version.FromStorage(found.Object)], resourceVersion)
                : new KubeObjectList([], resourceVersion);
        }

        var items = new List<KubeObject>(request.Limit > 0 ? Math.Min(request.Limit, snapshot.Count) : request.Prefix == context.Type.KeyPrefix ? snapshot.Count : 16);
        foreach (var entry in snapshot.Range(request.Prefix, request.Start))
        {
            if (!request.Selection.IsEverything && !request.Selection.Matches(entry.Object))
            {
                continue;
            }

            if (request.Limit > 0 && items.Count == request.Limit)
            {
                return new KubeObjectList(items, resourceVersion, Next(items[^1], context, snapshot, request, out long? remaining), remaining);
            }

            items.Add(version.FromStorage(entry.Object));
        }

        return new KubeObjectList(items, resourceVersion);
    }

    private static string Next(KubeObject last, ResourceContext context, ResourceSnapshot snapshot, PageRequest request, out long? remaining)
    {
        string next = context.Type.KeyOf(last.Metadata.Namespace, last.Metadata.Name) + "\0";
        remaining = request.Selection.IsEverything ? snapshot.CountRange(request.Prefix, next) : null;
        return new ContinueToken(snapshot.Revision, next[request.Prefix.Length..]).ToString();
    }

    private static string? SingleKey(ResourceContext context, PageRequest request)
    {
        bool whole = context.Namespace.Length > 0 || context.Type.Scope == ApiMachinery.Identity.ResourceScope.Cluster;
        return whole && request.Start is null && !string.IsNullOrEmpty(request.Selection.Name)
            ? context.Type.KeyOf(context.Namespace, request.Selection.Name)
            : null;
    }

    private async ValueTask<(ResourceSnapshot Snapshot, string? Start)> ChooseAsync(
        ResourceType type, string prefix, ListOptions options, long? revision, CancellationToken cancellationToken)
    {
        var cache = caches.Get(type);
        if (!string.IsNullOrEmpty(options.Continue))
        {
            return await ContinueAsync(type, cache, prefix, options, cancellationToken).ConfigureAwait(false);
        }

        bool exact = options.ResourceVersionMatch == ResourceVersionMatch.Exact
            || (options is { ResourceVersionMatch: ResourceVersionMatch.Unset, Limit: > 0 } && revision > 0);
        var snapshot = revision switch
        {
            null => await cache.NewestAsync(cancellationToken).ConfigureAwait(false),
            0 => await cache.AnyAsync(cancellationToken).ConfigureAwait(false),
            { } at when exact => await ExactAsync(type, cache, at, cancellationToken).ConfigureAwait(false),
            { } least => await cache.NotOlderThanAsync(least, cancellationToken).ConfigureAwait(false),
        };
        return (snapshot, null);
    }

    private async ValueTask<(ResourceSnapshot Snapshot, string? Start)> ContinueAsync(
        ResourceType type, IResourceCache cache, string prefix, ListOptions options, CancellationToken cancellationToken)
    {
        if (options.ResourceVersion is not (null or "" or "0"))
        {
            throw StatusErrors.BadRequest("specifying resource version is not allowed when using continue");
        }

        var token = ContinueToken.Parse(options.Continue!);
        string start = prefix + token.Start;
        if (token.Revision < 0)
        {
            return (await cache.NewestAsync(cancellationToken).ConfigureAwait(false), start);
        }

        try
        {
            return (await ExactAsync(type, cache, token.Revision, cancellationToken).ConfigureAwait(false), start);
        }
        catch (RevisionCompactedException e)
        {
            throw new StatusException(TooOld(token), e);
        }
    }

    private static Status TooOld(ContinueToken token) => new()
    {
        Outcome = "Failure",
        Code = 410,
        Reason = StatusReason.Expired,
        Message = InconsistentHint,
        Metadata = new StatusMetadata { Continue = (token with { Revision = -1 }).ToString() },
    };

    private async ValueTask<ResourceSnapshot> ExactAsync(ResourceType type, IResourceCache cache, long revision, CancellationToken cancellationToken)
    {
        if (await cache.ExactAsync(revision, cancellationToken).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        var page = await storage.ListAsync(type.KeyPrefix, new StorageListOptions { Revision = revision }, cancellationToken).ConfigureAwait(false);
        return new StorageSnapshot(page, type);
    }

    private readonly record struct PageRequest(string Prefix, string? Start, int Limit, ObjectSelection Selection);
}
