using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.DevClusters.Types;

namespace KubeFed.DevClusters.Pods;

/// <summary>
/// <c>pods/eviction</c>: deletes a pod unless its budget says that no more may go: 429. What goes is written into the budget first, so that
/// of evictions at the same time only as many succeed as the budget allows.
/// </summary>
internal sealed class EvictionHandler(Func<IResourceStore> store, TimeProvider time) : PodSubresource("eviction", new("policy", "v1", "Eviction"))
{
    private const int Attempts = 5;
    private const string Violates = "Cannot evict pod as it would violate the pod's disruption budget.";

    /// <inheritdoc/>
    protected override async Task PostAsync(ResourceContext context, JsonObject body, WriteOptions options, CancellationToken cancellationToken)
    {
        var pod = await store().GetAsync(context, null, cancellationToken);
        if (pod.GetString("status", "phase") is not ("Pending" or "Succeeded" or "Failed") && !pod.Metadata.IsDeleting)
        {
            await ReserveAsync(context, pod, options, cancellationToken);
        }

        await store().DeleteAsync(context, ReadOptions(body["deleteOptions"]) with { DryRun = options.DryRun }, cancellationToken);
    }

    private async Task ReserveAsync(ResourceContext context, KubeObject pod, WriteOptions options, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await FindAsync(context, pod, cancellationToken) is not { } budget || IsSpare(budget, pod))
            {
                return;
            }

            try
            {
                await TakeAsync(context, budget, pod, options, cancellationToken);
                return;
            }
            catch (StatusException refusal) when (refusal.IsConflict)
            {
                // Another eviction was faster: the budget says something else now.
            }
        }

        throw StatusErrors.TooManyRequests(Violates, 0);
    }

    private async Task<KubeObject?> FindAsync(ResourceContext context, KubeObject pod, CancellationToken cancellationToken)
    {
        var budgets = await store().ListAsync(OfBudgets(context, string.Empty), new ListOptions(), cancellationToken);
        var matching = budgets.Items
            .Where(budget => LabelSelector.ToSelector(budget.GetNode("spec", "selector")?.Deserialize(SelectorJsonContext.Default.LabelSelector)).Matches(pod.Metadata.Labels))
            .ToList();
        return matching.Count > 1
            ? throw StatusErrors.InternalError("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.")
            : matching.FirstOrDefault();
    }

    // A pod that is not ready takes nothing from a budget that has enough without it.
    private static bool IsSpare(KubeObject budget, KubeObject pod)
    {
        bool ready = (pod.GetNode("status", "conditions") as JsonArray ?? []).Any(
            static condition => (string?)condition?["type"] == "Ready" && (string?)condition["status"] == "True");
        int desired = Number(budget, "desiredHealthy");
        return !ready && (budget.GetString("spec", "unhealthyPodEvictionPolicy") == "AlwaysAllow" || (desired > 0 && Number(budget, "currentHealthy") >= desired));
    }

    private async Task TakeAsync(ResourceContext context, KubeObject budget, KubeObject pod, WriteOptions options, CancellationToken cancellationToken)
    {
        int allowed = Number(budget, "disruptionsAllowed");
        if (allowed <= 0 || Number(budget, "observedGeneration") < budget.Metadata.Generation)
        {
            throw StatusErrors.TooManyRequests(Violates, 0);
        }

        var root = budget.ToNode();
        var status = root["status"]!.AsObject();
        status["disruptionsAllowed"] = allowed - 1;
        if (status["disruptedPods"] is not JsonObject disrupted)
        {
            status["disruptedPods"] = disrupted = [];
        }

        disrupted[pod.Metadata.Name] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await store().UpdateAsync(
            OfBudgets(context, budget.Metadata.Name) with { Subresource = "status" },
            new RequestBody(root, []),
            new WriteOptions { DryRun = options.DryRun, FieldManager = "kube-apiserver" },
            cancellationToken);
    }

    private static ResourceContext OfBudgets(ResourceContext context, string name)
    {
        var type = ClusterTypes.Get("policy", "poddisruptionbudgets");
        return context with { Type = type, Version = type.Versions[0], Name = name };
    }

    private static int Number(KubeObject budget, string member) => budget.GetNode("status", member) is JsonValue value && value.TryGetValue(out int number) ? number : 0;

    private static DeleteOptions ReadOptions(JsonNode? options) => new()
    {
        GracePeriodSeconds = options?["gracePeriodSeconds"] is JsonValue value && value.TryGetValue(out long seconds) ? seconds : null,
        PreconditionUid = (string?)options?["preconditions"]?["uid"],
        PreconditionResourceVersion = (string?)options?["preconditions"]?["resourceVersion"],
    };
}
