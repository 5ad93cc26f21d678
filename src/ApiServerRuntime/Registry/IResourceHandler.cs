using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>
/// Serves what is computed and not stored: a resource such as <c>selfsubjectaccessreviews</c>, or a subresource such as
/// <c>serviceaccounts/token</c> or <c>namespaces/finalize</c>.
/// </summary>
public interface IResourceHandler
{
    /// <summary>The resource.</summary>
    GroupResource Resource { get; }

    /// <summary>The subresource; empty when the resource itself is computed: then its type is served but never stored.</summary>
    string Subresource { get; }

    /// <summary>The kind that is answered; discovery shows it.</summary>
    GroupVersionKind ResponseKind { get; }

    /// <summary>The verbs offered, of create, get, update and patch.</summary>
    IReadOnlyList<string> Verbs { get; }

    /// <summary>Answers a request that is authenticated and authorized.</summary>
    /// <param name="context">Whose request, for which object.</param>
    /// <param name="verb">One of <see cref="Verbs"/>; a patch has been applied already and comes as update.</param>
    /// <param name="body">The body; null for get.</param>
    /// <param name="options">Dry run and the like.</param>
    /// <param name="cancellationToken">The request's end.</param>
    Task<KubeObject> HandleAsync(ResourceContext context, string verb, RequestBody? body, WriteOptions options, CancellationToken cancellationToken);
}
