using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.DevClusters.Pods;

/// <summary><c>pods/binding</c>: assigns a pod to a node, once.</summary>
internal sealed class BindingHandler(Func<IResourceStore> store) : PodSubresource("binding", new(string.Empty, "v1", "Binding"))
{
    /// <inheritdoc/>
    protected override async Task PostAsync(ResourceContext context, JsonObject body, WriteOptions options, CancellationToken cancellationToken)
    {
        string node = (string?)body["target"]?["name"] ?? string.Empty;
        if (node.Length == 0)
        {
            throw StatusErrors.BadRequest("target.name: Required value");
        }

        var pod = await store().GetAsync(context, null, cancellationToken);
        if (pod.GetString("spec", "nodeName") is { Length: > 0 } bound)
        {
            throw StatusErrors.Conflict(Resource, context.Name, $"pod {context.Name} is already assigned to node \"{bound}\"");
        }

        var root = pod.ToNode();
        root["spec"]!["nodeName"] = node;
        await store().UpdateAsync(context, new RequestBody(root, []), options, cancellationToken);
    }
}
