using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Scenarios;
using KubeFed.FederationApis;

namespace KubeFed.e2e.Isolated;

/// <content>Settings that are changed while the control plane runs.</content>
public sealed partial class IsolatedTests
{
    [Test]
    public async Task RemoteStatus_GateTurnedOn_FollowsTheMembers()
    {
        var member = Federation.Clusters[0];
        var type = await Federation.EnableAsync("deployments.apps");
        var config = new NamespacedName(Federations.Federation.Namespace, type.Name);
        await Federation.Host.PatchAsync(
            FederationResources.FederatedTypeConfigs, config, Patch.Merge(Manifests.Node("spec: {statusCollection: Enabled}")));
        await Federation.ConfigureAsync(Manifests.Node("featureGates: [{name: RawResourceStatusCollection, configuration: Enabled}]"));
        var federated = new FederatedObjectDriver(
            Federation, type, new NamespacedName(await Federation.CreateNamespaceAsync("status"), Names.Unique("web")));
        await federated.CreateAsync(new FederatedSpec { Template = LifecycleData.Load(type.Name).Template, Clusters = Federation.ClusterNames });
        var copy = await Wait.GetAsync(() => federated.FindAsync(member), static found => found is not null, $"the deployment in {member}");

        // Where controllers make pods they write the status, and what anybody else writes there does not last.
        var expected = member.Cluster.SimulatesPods ? copy!.GetNode("spec", "replicas")!.GetValue<int>() : 7;
        if (!member.Cluster.SimulatesPods)
        {
            await member.Client.PatchAsync(
                type.TargetResource,
                federated.TargetKey,
                Patch.Merge(Manifests.Node($"status: {{replicas: {expected}, observedGeneration: 1}}")),
                new WriteOptions { Subresource = "status" });
        }

        await Wait.GetAsync(
            federated.ReadStatusAsync,
            s => s.Clusters.FirstOrDefault(c => c.Name == member.Name)?.RemoteStatus is { } remote
                && remote.TryGetProperty("replicas", out var replicas) && replicas.GetInt32() == expected,
            $"the status of {member} in the federated object",
            static s => string.Join(", ", s.Clusters.Select(static c => $"{c.Name} {c.RemoteStatus}")));
        await Federation.ConfigureAsync(Manifests.Node("featureGates: [{name: RawResourceStatusCollection, configuration: Disabled}]"));
        await federated.DeleteAsync();
    }

    [Test]
    public async Task Deletion_MemberDownForLong_IsDoneWhenItIsBackAlsoAfterARestart()
    {
        Assume.That(Federation.Helm, Is.Not.Null, "the rights are those of the chart");
        var failing = Federation.Clusters[1];
        var federated = await CreateConfigMapAsync(await Federation.CreateNamespaceAsync("long"), Spec("{mode: slow}"));
        await Federation.ConfigureAsync(Manifests.Node("syncController: {unreachableDeletionTimeout: 2s}"));
        try
        {
            await failing.Cluster.KillAsync();
            await Federation.WaitForClusterAsync(failing.Name, ready: false);
            await federated.DeleteAsync();
            Assert.That(await RemovalsAsync(), Is.EqualTo(new[] { $"{failing.Name} {federated.Key.Name}" }));
            await Federation.Manager.StopAsync();
            Federation.Manager.Start();
        }
        finally
        {
            await failing.Cluster.StartAsync();
            await Federation.ConfigureAsync(Manifests.Node("syncController: {unreachableDeletionTimeout: 5m}"));
        }

        await federated.IsReleasedAsync(failing, "return of the member");
        await Wait.GetAsync(RemovalsAsync, static removals => removals.Length == 0, "no removal to be remembered any more", static r => string.Join(", ", r));
    }

    private async Task<string[]> RemovalsAsync()
    {
        var removals = await Federation.Host.ListAsync(FederationResources.PendingRemovals, Federations.Federation.Namespace);
        return [.. removals.Items.Select(static r => $"{r.GetString("spec", "clusterName")} {r.GetString("spec", "objectName")}")];
    }
}
