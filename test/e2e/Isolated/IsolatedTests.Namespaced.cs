using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.e2e.Federations;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Processes;

namespace KubeFed.e2e.Isolated;

/// <content>A control plane for one namespace, in the clusters of the other one, which rests meanwhile.</content>
public sealed partial class IsolatedTests
{
    [Test]
    public async Task NamespacedControlPlane_ItsNamespaceOnly_WithoutAndWithAFederatedNamespace()
    {
        Assume.That(Federation.Helm, Is.Null, "one control plane can be started beside another where both use the host's own storage");
        var team = Names.Unique("team");
        await Federation.Manager.StopAsync();
        try
        {
            await using var manager = await InstallNamespacedAsync(team);
            await PropagateInOneNamespaceAsync(team);
            Assert.That(await manager.StopAsync(), Is.Zero, "exit code of the controller manager");
        }
        finally
        {
            Federation.Manager.Start();
        }
    }

    private async Task<ManagedProcess> InstallNamespacedAsync(string team)
    {
        await Federation.KubefedctlAsync("install", "--kubefed-namespace", team, "--scope", "Namespaced");
        await Federation.Host.PatchAsync(
            FederationResources.KubeFedConfigs,
            new NamespacedName(team, FederationNames.KubeFedConfig),
            Patch.Merge(new System.Text.Json.Nodes.JsonObject { ["spec"] = Config }));
        foreach (var cluster in Federation.Clusters)
        {
            await Federation.JoinAsync(cluster, team);
        }

        await Federation.KubefedctlAsync("enable", "namespaces", "--kubefed-namespace", team);
        await Federation.KubefedctlAsync("enable", "configmaps", "--kubefed-namespace", team);
        var manager = Federation.PrepareManager(team);
        manager.Start();
        await Wait.GetAsync(
            () => Federation.Host.GetAsync(
                FederationResources.FederatedTypeConfigs, new NamespacedName(team, "configmaps"), FederationJsonContext.Default.FederatedTypeConfig),
            static c => c.Status?.PropagationController == ControllerStatus.Running,
            "configmaps to be propagated",
            static c => $"{c.Status}");
        return manager;
    }

    private async Task PropagateInOneNamespaceAsync(string team)
    {
        var (first, second) = (Federation.Clusters[0], Federation.Clusters[1]);
        var spec = Spec("{mode: slow}");
        var inside = await NewConfigMapAsync(team);
        await inside.CreateAsync(spec);
        await inside.IsInOrderAsync(spec, "create without a FederatedNamespace");

        var elsewhere = Names.Unique("elsewhere");
        await Federation.Host.CreateAsync(WellKnown.Namespaces, Manifests.Namespace(elsewhere));
        var outside = await NewConfigMapAsync(elsewhere);
        await outside.CreateAsync(spec);

        var gate = new NamespacedName(team, team);
        var namespaces = await Federation.GetTypeAsync("namespaces");
        await Federation.Host.CreateAsync(namespaces.FederatedResource, new FederatedSpec { Clusters = [first.Name] }.ToObject(namespaces, gate));
        await inside.IsReleasedAsync(second, "restriction by a FederatedNamespace");
        await inside.HasStatusAsync(first, PropagationStatus.Ok);
        var @namespace = await first.Client.GetAsync(WellKnown.Namespaces, NamespacedName.Cluster(team));
        Assert.That(@namespace.Metadata.Labels.ContainsKey(FederationLabels.Managed), Is.False, "the namespace itself is not propagated");

        await Federation.Host.DeleteAsync(namespaces.FederatedResource, gate);
        await inside.IsInOrderAsync(spec, "removal of the FederatedNamespace");
        var untouched = await Federation.Host.GetAsync(outside.Type.FederatedResource, outside.Key);
        Assert.That(untouched.Metadata.Finalizers, Is.Empty, "an object of another namespace");
        await Federation.Host.DeleteAsync(outside.Type.FederatedResource, outside.Key);
        await inside.DeleteAsync();
        var config = await Federation.Host.GetAsync(
            FederationResources.FederatedTypeConfigs, new NamespacedName(team, "namespaces"), FederationJsonContext.Default.FederatedTypeConfig);
        Assert.That(config.Status?.PropagationController, Is.EqualTo(ControllerStatus.NotRunning), "a cluster-scoped type");
    }
}
