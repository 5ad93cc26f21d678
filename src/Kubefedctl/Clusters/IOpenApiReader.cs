using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.Kubefedctl.Clusters;

/// <summary>Reads a server's OpenAPI definitions.</summary>
internal interface IOpenApiReader
{
    /// <summary>The definition of a kind with the direct references of its <c>spec</c> resolved, or null when the server publishes none.</summary>
    Task<JsonObject?> FindKindAsync(GroupVersionKind kind, CancellationToken cancellationToken);
}
