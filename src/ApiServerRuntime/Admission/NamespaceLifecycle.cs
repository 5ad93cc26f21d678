using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Admission;

/// <summary>
/// Refuses to create objects in namespaces that do not exist or are being deleted, and to delete the namespaces that a cluster must have;
/// as kube-apiserver's plugin of that name.
/// </summary>
public sealed class NamespaceLifecycle : IAdmissionPlugin
{
    private static readonly GroupResource Namespaces = new(string.Empty, "namespaces");
    private readonly INamespaceLookup _namespaces;
    private readonly TimeProvider _time;

    /// <summary>Creates the plugin.</summary>
    public NamespaceLifecycle(INamespaceLookup namespaces, TimeProvider time)
    {
        _namespaces = namespaces;
        _time = time;
    }

    /// <summary>How long a cache may take to see a namespace that was created just before, until it is looked for at the source.</summary>
    /// <value>50 ms.</value>
    public static TimeSpan CacheWait { get; } = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        if (request.Operation == AdmissionOperation.Delete)
        {
            RefuseImmortal(context.Type.GroupResource, request.OldObject?.Metadata.Name ?? context.Name);
        }

        if (request.Operation != AdmissionOperation.Create || context.Namespace.Length == 0 || context.Type.Scope != ResourceScope.Namespaced)
        {
            return;
        }

        switch (await FindAsync(context.Namespace, cancellationToken).ConfigureAwait(false))
        {
            case NamespaceState.Missing:
                throw StatusErrors.NotFound(Namespaces, context.Namespace);
            case NamespaceState.Terminating:
                string name = request.Object is null ? context.Name : Name(request);
                throw Terminating(StatusErrors.Forbidden(
                    context.Type.GroupResource,
                    name,
                    $"unable to create new content in namespace {context.Namespace} because it is being terminated"), context.Namespace);
            default:
                return;
        }
    }

    private static string Name(AdmissionRequest request) =>
        request.Object?["metadata"]?["name"] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue(out string? name) ? name : string.Empty;

    private async ValueTask<NamespaceState> FindAsync(string name, CancellationToken cancellationToken)
    {
        var state = await _namespaces.FindAsync(name, fresh: false, cancellationToken).ConfigureAwait(false);
        if (state == NamespaceState.Missing)
        {
            await Task.Delay(CacheWait, _time, cancellationToken).ConfigureAwait(false);
            state = await _namespaces.FindAsync(name, fresh: false, cancellationToken).ConfigureAwait(false);
        }

        return state == NamespaceState.Missing
            ? await _namespaces.FindAsync(name, fresh: true, cancellationToken).ConfigureAwait(false)
            : state;
    }

    private static void RefuseImmortal(GroupResource resource, string name)
    {
        if (resource == Namespaces && name is ("default" or "kube-system" or "kube-public"))
        {
            throw StatusErrors.Forbidden(Namespaces, name, "this namespace may not be deleted");
        }
    }

    private static StatusException Terminating(StatusException forbidden, string name) => new(forbidden.Status with
    {
        Details = forbidden.Status.Details! with
        {
            Causes =
            [
                new StatusCause
                {
                    Reason = "NamespaceTerminating",
                    Message = $"namespace {name} is being terminated",
                    Field = "metadata.namespace",
                },
            ],
        },
    });
}
