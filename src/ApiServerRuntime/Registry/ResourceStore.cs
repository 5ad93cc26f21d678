using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>The verbs over a storage and its caches. Safe to share; it owns nothing that it is given.</summary>
public sealed class ResourceStore : IResourceStore
{
    private readonly WriteServices _services;
    private readonly ObjectReader _reader;
    private readonly WatchStarter _watches;
    private readonly ObjectCreator _creator;
    private readonly ObjectUpdater _updater;
    private readonly ObjectPatcher _patcher;
    private readonly ObjectApplier _applier;
    private readonly ObjectDeleter _deleter;
    private readonly ScaleEndpoint _scale;
    private readonly HandlerDispatch _handlers;

    /// <summary>Creates the store.</summary>
    /// <param name="storage">Where objects are kept.</param>
    /// <param name="caches">What is read from.</param>
    /// <param name="admission">Looks at each write.</param>
    /// <param name="handlers">Serve what is computed; of two for the same resource and subresource the first is taken.</param>
    /// <param name="time">For timestamps.</param>
    /// <param name="options">Null for the defaults.</param>
    public ResourceStore(
        IStorage storage,
        IResourceCacheSet caches,
        AdmissionChain admission,
        IEnumerable<IResourceHandler> handlers,
        TimeProvider time,
        ResourceStoreOptions? options = null)
    {
        _services = new WriteServices(storage, caches, admission, time, options ?? new ResourceStoreOptions());
        _reader = new ObjectReader(storage, caches);
        _watches = new WatchStarter(caches);
        _creator = new ObjectCreator(_services);
        _updater = new ObjectUpdater(_services);
        _patcher = new ObjectPatcher(_services);
        _applier = new ObjectApplier(_services);
        _deleter = new ObjectDeleter(_services);
        _scale = new ScaleEndpoint(_services);
        _handlers = new HandlerDispatch(handlers);
    }

    /// <inheritdoc/>
    public async ValueTask<KubeObject> GetAsync(ResourceContext context, string? resourceVersion, CancellationToken cancellationToken)
    {
        try
        {
            if (_handlers.Find(context) is { } handler)
            {
                return await handler.HandleAsync(context, "get", null, new WriteOptions(), cancellationToken).ConfigureAwait(false);
            }

            CheckSubresource(context);
            var found = await _reader.GetAsync(context, resourceVersion, cancellationToken).ConfigureAwait(false);
            return context.Subresource == "scale" ? ScaleView.Of(context, found) : found;
        }
        catch (Exception e) when (StorageFailures.Covers(e))
        {
            throw StorageFailures.Translate(e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<KubeObjectList> ListAsync(ResourceContext context, ListOptions options, CancellationToken cancellationToken)
    {
        try
        {
            _handlers.RefuseStored(context, "list");
            return await _reader.ListAsync(context, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFailures.Covers(e))
        {
            throw StorageFailures.Translate(e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IResourceWatch> WatchAsync(ResourceContext context, WatchOptions options, CancellationToken cancellationToken)
    {
        try
        {
            _handlers.RefuseStored(context, "watch");
            return await _watches.StartAsync(context, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFailures.Covers(e))
        {
            throw StorageFailures.Translate(e);
        }
    }

    /// <inheritdoc/>
    public async Task<KubeObject> CreateAsync(ResourceContext context, RequestBody body, WriteOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (_handlers.Find(context) is { } handler)
            {
                return await handler.HandleAsync(context, "create", body, options, cancellationToken).ConfigureAwait(false);
            }

            if (context.Subresource.Length > 0)
            {
                throw StatusErrors.MethodNotSupported(context.Type.GroupResource, "create");
            }

            var session = Session(context, options);
            ObjectIntake.Accept(session, body);
            return await _creator.CreateAsync(session, body.Root, applied: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFailures.Covers(e))
        {
            throw StorageFailures.Translate(e);
        }
    }

    /// <inheritdoc/>
    public async Task<KubeObject> UpdateAsync(ResourceContext context, RequestBody body, WriteOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (_handlers.Find(context) is { } handler)
            {
                return await handler.HandleAsync(context, "update", body, options, cancellationToken).ConfigureAwait(false);
            }

            CheckNamed(context);
            var session = Session(context, options);
            return context.Subresource == "scale"
                ? await _scale.UpdateAsync(session, body, cancellationToken).ConfigureAwait(false)
                : await _updater.UpdateAsync(session, body, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFailures.Covers(e))
        {
            throw StorageFailures.Translate(e);
        }
    }

    /// <inheritdoc/>
    public async Task<PatchResult> PatchAsync(ResourceContext context, Patch patch, WriteOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (_handlers.Find(context) is { } handler)
            {
                return new PatchResult(await HandlerDispatch.PatchAsync(handler, context, patch, options, cancellationToken).ConfigureAwait(false), false);
            }

            CheckNamed(context);
            var session = Session(context, options);
            if (context.Subresource == "scale")
            {
                return new PatchResult(await _scale.PatchAsync(session, patch, cancellationToken).ConfigureAwait(false), false);
            }

            return patch.Type == PatchType.Apply
                ? await _applier.ApplyAsync(session, patch.Body, cancellationToken).ConfigureAwait(false)
                : new PatchResult(await _patcher.PatchAsync(session, patch, cancellationToken).ConfigureAwait(false), false);
        }
        catch (Exception e) when (StorageFailures.Covers(e))
        {
            throw StorageFailures.Translate(e);
        }
    }

    /// <inheritdoc/>
    public async Task<DeleteResult> DeleteAsync(ResourceContext context, DeleteOptions options, CancellationToken cancellationToken)
    {
        try
        {
            _handlers.RefuseStored(context, "delete");
            if (context.Subresource.Length > 0)
            {
                throw StatusErrors.MethodNotSupported(context.Type.GroupResource, "delete");
            }

            var session = Session(context, new WriteOptions { DryRun = options.DryRun });
            return await _deleter.DeleteAsync(session, context.Name, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFailures.Covers(e))
        {
            throw StorageFailures.Translate(e);
        }
    }

    /// <inheritdoc/>
    public async Task<KubeObjectList> DeleteCollectionAsync(
        ResourceContext context, DeleteOptions options, ListOptions selection, CancellationToken cancellationToken)
    {
        try
        {
            _handlers.RefuseStored(context, "deletecollection");
            var list = await _reader.ListAsync(context, selection, cancellationToken).ConfigureAwait(false);
            foreach (var item in list.Items)
            {
                await DeleteListedAsync(context, item, options, cancellationToken).ConfigureAwait(false);
            }

            return list;
        }
        catch (Exception e) when (StorageFailures.Covers(e))
        {
            throw StorageFailures.Translate(e);
        }
    }

    private async Task DeleteListedAsync(ResourceContext context, KubeObject item, DeleteOptions options, CancellationToken cancellationToken)
    {
        var one = context with { Namespace = item.Metadata.Namespace, Name = item.Metadata.Name };
        var session = Session(one, new WriteOptions { DryRun = options.DryRun });
        try
        {
            await _deleter.DeleteAsync(session, one.Name, options, cancellationToken).ConfigureAwait(false);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Somebody else deleted it: that is what was asked for.
        }
    }

    private WriteSession Session(ResourceContext context, WriteOptions options) => new(context, options, _services.Time.GetUtcNow());

    private static void CheckNamed(ResourceContext context)
    {
        if (context.Name.Length == 0)
        {
            throw StatusErrors.BadRequest("name must be provided");
        }

        CheckSubresource(context);
    }

    private static void CheckSubresource(ResourceContext context)
    {
        bool known = context.Subresource switch
        {
            "" => true,
            "status" => context.Version.HasStatus,
            "scale" => context.Version.Scale is not null,
            _ => false,
        };
        if (!known)
        {
            throw StatusErrors.NotFound(new GroupResource(context.Type.Group, $"{context.Type.Plural}/{context.Subresource}"), context.Name);
        }
    }
}
