using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiServerRuntime.Standalone.Namespaces;

/// <summary>
/// What namespaces hold in other servers, to which this one sends requests on (see <see cref="Types.ResourceType.IsForwarded"/>): a namespace
/// goes only when that is gone too. Safe for concurrent use.
/// </summary>
public interface IForeignContent
{
    /// <summary>Asks for the deletion of everything in a namespace, and says what is left. Called again until nothing is.</summary>
    /// <exception cref="StatusException">A server refuses; it is asked again later. That one cannot be reached is no exception, but told.</exception>
    Task<NamespaceContent> DeleteAsync(string @namespace, CancellationToken cancellationToken);
}
