using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.e2e.Federations;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.e2e.Scenarios;

/// <summary>Which clusters an object goes to.</summary>
public sealed class PlacementTests(string installation) : SharedFederationTest(installation)
{
    [Test]
    public async Task Placement_NamespaceNotFederated_GoesNowhereUntilItIs()
    {
        var name = Names.Unique("unfederated");
        await Federation.Host.CreateAsync(WellKnown.Namespaces, Manifests.Namespace(name));
        var federated = await NewConfigMapAsync(name);
        var spec = Spec(Federation.ClusterNames);
        await federated.CreateAsync(spec);
        await Wait.PassesAsync(
            async () => Assert.That((await federated.ReadStatusAsync()).FindPropagation()?.Reason, Is.EqualTo(PropagationReasons.NamespaceNotFederated)),
            "the status to say that the namespace is not federated");

        await Federation.FederateNamespaceAsync(name, Federation.ClusterNames);
        await federated.IsInOrderAsync(spec, "federation of the namespace");
    }

    [Test]
    public async Task Placement_NamespaceInFewerClusters_IsWhereBothAre()
    {
        var name = Names.Unique("fewer");
        await Federation.Host.CreateAsync(WellKnown.Namespaces, Manifests.Namespace(name));
        string[] fewer = [.. Federation.ClusterNames.Take(2)];
        await Federation.FederateNamespaceAsync(name, fewer);
        var federated = await NewConfigMapAsync(name);
        await federated.CreateAsync(Spec(Federation.ClusterNames));
        await federated.IsInOrderAsync(Spec(fewer), "create with more clusters than the namespace has");
    }

    [Test]
    public async Task Placement_ClusterSelector_FollowsTheClustersLabels()
    {
        var (label, chosen) = (Names.Unique("label"), Federation.Clusters[1]);
        await LabelAsync(chosen, label, "yes");
        var federated = await NewConfigMapAsync(await Federation.CreateNamespaceAsync("selector"));
        var spec = Spec([chosen.Name]) with { Selector = new JsonObject { ["matchLabels"] = new JsonObject { [label] = "yes" } } };
        await federated.CreateAsync(spec);
        await federated.IsInOrderAsync(spec, "create with a selector");

        await LabelAsync(chosen, label, "no");
        await federated.IsReleasedAsync(chosen, "change of the cluster's label");
        await LabelAsync(chosen, label, null);
    }

    [Test]
    public async Task RetainReplicas_ScaledInACluster_StaysScaled()
    {
        var scaled = Federation.Clusters[1];
        var type = await Federation.GetTypeAsync("deployments.apps");
        var federated = new FederatedObjectDriver(
            Federation, type, new NamespacedName(await Federation.CreateNamespaceAsync("retain"), Names.Unique("web")));
        var spec = new FederatedSpec
        {
            Template = LifecycleData.Load(type.Name).Template,
            Clusters = Federation.ClusterNames,
            RetainReplicas = true,
        };
        await federated.CreateAsync(spec);
        await federated.IsInOrderAsync(spec, "create");

        await scaled.Client.PatchAsync(type.TargetResource, federated.TargetKey, Patch.Merge(Manifests.Node("spec: {replicas: 3}")));
        spec = spec.WithOverride(scaled.Name, "/spec/template/spec/containers/0/image", "example.com/web:3");
        await federated.UpdateAsync(spec);
        await federated.IsHeldAsync(scaled, spec.WithOverride(scaled.Name, "/spec/replicas", 3), "change after scaling in the cluster");
        await federated.HasStatusAsync(scaled, PropagationStatus.Ok);
    }

    private static FederatedSpec Spec(IReadOnlyList<string> clusters) =>
        new() { Template = Manifests.Node("data: {mode: slow}"), Clusters = clusters };

    private async Task<FederatedObjectDriver> NewConfigMapAsync(string @namespace) => new(
        Federation, await Federation.GetTypeAsync("configmaps"), new NamespacedName(@namespace, Names.Unique("settings")));

    private Task LabelAsync(FederatedCluster cluster, string label, string? value) => Federation.Host.PatchAsync(
        FederationResources.KubeFedClusters,
        new NamespacedName(Federation.Namespace, cluster.Name),
        Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [label] = value } } }));
}
