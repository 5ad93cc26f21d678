using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.DevClusters.Types;

namespace KubeFed.DevClusters.Pods;

/// <summary><c>pods/eviction</c>: deletes a pod unless a budget says that no more may go: 429.</summary>
internal sealed class EvictionHandler(Func<IResourceStore> store) : PodSubresource("eviction", new("policy", "v1", "Eviction"))
{
    /// <inheritdoc/>
    protected override async Task PostAsync(ResourceContext context, JsonObject body, WriteOptions options, CancellationToken cancellationToken)
    {
        var pod = await store().GetAsync(context, null, cancellationToken);
        var type = ClusterTypes.Get("policy", "poddisruptionbudgets");
        var budgets = await store().ListAsync(
            context with { Type = type, Version = type.Versions[0], Name = string.Empty }, new ListOptions(), cancellationToken);
        foreach (var budget in budgets.Items)
        {
            var selector = LabelSelector.ToSelector(budget.GetNode("spec", "selector")?.Deserialize(SelectorJsonContext.Default.LabelSelector));
            bool none = budget.GetNode("status", "disruptionsAllowed") is JsonValue value && value.TryGetValue(out int allowed) && allowed <= 0;
            if (none && selector.Matches(pod.Metadata.Labels))
            {
                throw StatusErrors.TooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", 10);
            }
        }

        await store().DeleteAsync(context, new DeleteOptions(), cancellationToken);
    }
}
