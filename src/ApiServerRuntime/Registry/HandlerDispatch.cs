using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Finds who serves what is computed.</summary>
internal sealed class HandlerDispatch
{
    private readonly Dictionary<(GroupResource Resource, string Subresource), IResourceHandler> _handlers = [];

    public HandlerDispatch(IEnumerable<IResourceHandler> handlers)
    {
        foreach (var handler in handlers)
        {
            _handlers.TryAdd((handler.Resource, handler.Subresource), handler);
        }
    }

    /// <summary>Who serves the resource or subresource of a context; null when it is stored.</summary>
    public Checked? Find(ResourceContext context) =>
        _handlers.TryGetValue((context.Type.GroupResource, context.Subresource), out var handler) ? new Checked(handler) : null;

    /// <summary>405 for a verb that only stored resources have.</summary>
    public void RefuseStored(ResourceContext context, string verb)
    {
        if (Find(context) is not null)
        {
            throw StatusErrors.MethodNotSupported(context.Type.GroupResource, verb);
        }
    }

    /// <summary>Patches what the handler gives and hands it back as an update.</summary>
    public static async Task<KubeObject> PatchAsync(
        Checked handler, ResourceContext context, Patch patch, WriteOptions options, CancellationToken cancellationToken)
    {
        handler.Require(context, "patch");
        var document = PatchDocument.Read(TypeRuntime.Of(context.Type).Version(context.Version.Name), patch);
        var current = await handler.HandleAsync(context, "get", null, options, cancellationToken).ConfigureAwait(false);
        var body = new RequestBody(document.Apply(current.ToNode()), document.Duplicates);
        return await handler.HandleAsync(context, "update", body, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A handler that is only asked for what it offers.</summary>
    internal readonly record struct Checked(IResourceHandler Handler)
    {
        public void Require(ResourceContext context, string verb)
        {
            if (!Handler.Verbs.Contains(verb, StringComparer.Ordinal))
            {
                throw StatusErrors.MethodNotSupported(context.Type.GroupResource, verb);
            }
        }

        public Task<KubeObject> HandleAsync(
            ResourceContext context, string verb, RequestBody? body, WriteOptions options, CancellationToken cancellationToken)
        {
            Require(context, verb);
            return Handler.HandleAsync(context, verb, body, options, cancellationToken);
        }
    }
}
