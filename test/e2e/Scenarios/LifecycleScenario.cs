using System.Text.Json.Nodes;
using KubeFed.e2e.Federations;

namespace KubeFed.e2e.Scenarios;

/// <summary>What every federated type must do: reach all clusters, follow changes of overrides and placement, and leave without a trace.</summary>
internal sealed class LifecycleScenario(Federation federation, FederatedObjectDriver federated, LifecycleData data)
{
    /// <summary>Runs all of it.</summary>
    public async Task RunAsync()
    {
        var spec = await CreateAsync();
        spec = await OverrideLabelsAsync(spec);
        await LeaveOneClusterAsync(spec);
        await DeleteAsync();
    }

    /// <summary>Creates the object in all clusters, with other values in the first.</summary>
    public async Task<FederatedSpec> CreateAsync()
    {
        var spec = data.Overrides.Aggregate(
            new FederatedSpec { Template = data.Template, Clusters = federation.ClusterNames },
            (made, value) => made.WithOverride(federation.Clusters[0].Name, value.Path, value.Value));
        await federated.CreateAsync(spec);
        await federated.IsInOrderAsync(spec, "create");
        return spec;
    }

    private async Task<FederatedSpec> OverrideLabelsAsync(FederatedSpec spec)
    {
        foreach (var cluster in federation.Clusters)
        {
            spec = spec.WithOverride(cluster.Name, "/metadata/labels", new JsonObject { ["overridden-for"] = cluster.Name });
        }

        await federated.UpdateAsync(spec);
        await federated.IsInOrderAsync(spec, "override of the labels everywhere");
        return spec;
    }

    private async Task LeaveOneClusterAsync(FederatedSpec spec)
    {
        var left = federated.Type.TargetResource == WellKnown.Namespaces ? federation.Clusters[0] : federation.Clusters[^1];
        spec = spec with { Clusters = [.. spec.Clusters.Where(name => name != left.Name)] };
        await federated.UpdateAsync(spec);
        await federated.IsReleasedAsync(left, "removal from the placement");
        await federated.IsInOrderAsync(spec, "removal of one cluster from the placement");
    }

    private async Task DeleteAsync()
    {
        await federated.DeleteAsync();
        foreach (var cluster in federation.Clusters)
        {
            await federated.IsReleasedAsync(cluster, "deletion");
        }
    }
}
