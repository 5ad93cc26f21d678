using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Standalone.Namespaces;

/// <summary><c>namespaces/finalize</c>: takes over the finalizers of a namespace that is sent, and nothing else of it.</summary>
internal sealed class NamespaceFinalization(Func<IResourceStore> store) : IResourceHandler
{
    private const int Tries = 5;

    /// <inheritdoc/>
    public GroupResource Resource { get; } = new(string.Empty, "namespaces");

    /// <inheritdoc/>
    public string Subresource => "finalize";

    /// <inheritdoc/>
    public GroupVersionKind ResponseKind { get; } = new(string.Empty, "v1", "Namespace");

    /// <inheritdoc/>
    public IReadOnlyList<string> Verbs { get; } = ["update"];

    /// <inheritdoc/>
    public async Task<KubeObject> HandleAsync(
        ResourceContext context, string verb, RequestBody? body, WriteOptions options, CancellationToken cancellationToken)
    {
        var sent = body?.Root ?? throw StatusErrors.BadRequest("a namespace must be sent");
        if ((string?)sent["metadata"]?["name"] is { Length: > 0 } name && name != context.Name)
        {
            throw StatusErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({context.Name})");
        }

        var version = (string?)sent["metadata"]?["resourceVersion"];
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteAsync(context, sent, version, options, cancellationToken);
            }
            catch (StatusException e) when (e.IsConflict && string.IsNullOrEmpty(version) && attempt < Tries)
            {
                // Somebody else was faster, and the client did not say which state it means.
            }
        }
    }

    private async Task<KubeObject> WriteAsync(
        ResourceContext context, JsonObject sent, string? version, WriteOptions options, CancellationToken cancellationToken)
    {
        var main = context with { Subresource = string.Empty, User = NamespaceRules.Finalizing };
        var current = await store().GetAsync(main, null, cancellationToken);
        var root = current.ToNode();
        if (!string.IsNullOrEmpty(version))
        {
            root["metadata"]!["resourceVersion"] = version;
        }

        if (sent["spec"]?["finalizers"] is JsonArray finalizers)
        {
            root["spec"] = new JsonObject { ["finalizers"] = finalizers.DeepClone() };
        }
        else
        {
            root.Remove("spec");
        }

        return await store().UpdateAsync(main, new RequestBody(root, []), options, cancellationToken);
    }
}
