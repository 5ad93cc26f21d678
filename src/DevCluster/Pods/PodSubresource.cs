using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.DevClusters.Pods;

/// <summary>A subresource of pods to which something is posted, and which answers a Status.</summary>
internal abstract class PodSubresource(string name, GroupVersionKind kind) : IResourceHandler
{
    /// <inheritdoc/>
    public GroupResource Resource { get; } = new(string.Empty, "pods");

    /// <inheritdoc/>
    public string Subresource => name;

    /// <inheritdoc/>
    public GroupVersionKind ResponseKind => kind;

    /// <inheritdoc/>
    public IReadOnlyList<string> Verbs { get; } = ["create"];

    /// <inheritdoc/>
    public async Task<KubeObject> HandleAsync(ResourceContext context, string verb, RequestBody? body, WriteOptions options, CancellationToken cancellationToken)
    {
        var root = body?.Root ?? throw StatusErrors.BadRequest($"a {kind.Kind} must be sent");
        await PostAsync(context with { Subresource = string.Empty }, root, options, cancellationToken);
        return KubeObject.FromNode(new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["code"] = 201,
        });
    }

    /// <summary>Does what is asked of the pod of the context.</summary>
    protected abstract Task PostAsync(ResourceContext context, JsonObject body, WriteOptions options, CancellationToken cancellationToken);
}
