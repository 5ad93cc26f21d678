using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Json;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.e2e.Scenarios;

/// <summary>A type that nobody knew when the control plane was built or started.</summary>
public sealed class CustomResourceTests(string installation) : SharedFederationTest(installation)
{
    [Test]
    public async Task Lifecycle_NamespacedType_EnabledUsedOrphanedDisabled()
    {
        var type = await InstallAsync("Namespaced");
        var @namespace = await Federation.CreateNamespaceAsync("custom");
        await Scenario(type, new NamespacedName(@namespace, "whole")).RunAsync();
        await OrphanAsync(type, new NamespacedName(@namespace, "orphan"));
        await DisableAsync(type);
    }

    [Test]
    public async Task Lifecycle_ClusterScopedType_EnabledUsedDisabled()
    {
        var type = await InstallAsync("Cluster");
        await Scenario(type, NamespacedName.Cluster("whole")).RunAsync();
        await DisableAsync(type);
    }

    [Test]
    public async Task Create_OneClusterLacksTheType_ItAloneSaysSoUntilItHasIt()
    {
        var lacking = Federation.Clusters[^1];
        var definition = Definition("Cluster");
        await ServeAsync(definition, Federation.Clusters.Where(c => c != lacking));
        var type = await Federation.EnableAsync(definition.Metadata.Name);
        var federated = new FederatedObjectDriver(Federation, type, NamespacedName.Cluster("widget"));
        var spec = new FederatedSpec { Template = Manifests.Node("spec: {size: 1}"), Clusters = Federation.ClusterNames };
        await federated.CreateAsync(spec);
        foreach (var cluster in Federation.Clusters.Where(c => c != lacking))
        {
            await federated.IsHeldAsync(cluster, spec, "create of a type that one cluster lacks");
            await federated.HasStatusAsync(cluster, PropagationStatus.Ok);
        }

        var entry = await Wait.GetAsync(
            async () => (await federated.ReadStatusAsync()).Clusters.FirstOrDefault(c => c.Name == lacking.Name),
            static e => e is { Status.Length: > 0 },
            $"the status to name {lacking}",
            static e => $"{e}");
        Assert.That(entry!.Message, Is.Not.Null.And.Not.Empty);

        await ServeAsync(definition, [lacking]);
        await federated.IsInOrderAsync(spec, "arrival of the type in the cluster that lacked it");
    }

    private async Task<FederatedType> InstallAsync(string scope)
    {
        var definition = Definition(scope);
        await ServeAsync(definition, Federation.Clusters);
        return await Federation.EnableAsync(definition.Metadata.Name);
    }

    private static KubeObject Definition(string scope)
    {
        var kind = $"Widget{Names.Unique(scope)[^8..]}";
        return Manifests.Parse($$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: {{kind.ToLowerInvariant()}}s.example.com
            spec:
              group: example.com
              scope: {{scope}}
              names:
                kind: {{kind}}
                plural: {{kind.ToLowerInvariant()}}s
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """);
    }

    private static async Task ServeAsync(KubeObject definition, IEnumerable<FederatedCluster> clusters)
    {
        foreach (var cluster in clusters)
        {
            await cluster.Client.CreateAsync(WellKnown.CustomResourceDefinitions, definition);
            await Wait.GetAsync(
                () => cluster.Client.GetAsync(WellKnown.CustomResourceDefinitions, definition.Key),
                static crd => HasCondition(crd, "Established"),
                $"{definition.Key} to be served in {cluster}");
        }
    }

    private LifecycleScenario Scenario(FederatedType type, NamespacedName key) => new(
        Federation,
        new FederatedObjectDriver(Federation, type, key),
        new LifecycleData(new JsonObject { ["spec"] = new JsonObject { ["size"] = 1, ["colours"] = new JsonArray("red") } }, [new PathValue("/spec/size", 2)]));

    private async Task OrphanAsync(FederatedType type, NamespacedName key)
    {
        var federated = new FederatedObjectDriver(Federation, type, key);
        await new LifecycleScenario(Federation, federated, new LifecycleData([], [])).CreateAsync();
        await federated.AnnotateAsync(FederationAnnotations.Orphan, "true");
        await federated.DeleteAsync();
        foreach (var cluster in Federation.Clusters)
        {
            await Wait.GetAsync(
                () => federated.FindAsync(cluster),
                static found => found is not null && !found.Metadata.Labels.ContainsKey(FederationLabels.Managed),
                $"{key} to be left in {cluster}, unmanaged");
        }
    }

    private async Task DisableAsync(FederatedType type)
    {
        var result = await Federation.KubefedctlAsync("disable", type.Name, "--delete-crd");
        Assert.That(result.Output, Does.Contain($"federatedtypeconfig \"{Federation.Namespace}/{type.Name}\" deleted"));
        await Wait.GetAsync(
            () => Federation.Host.FindAsync(FederationResources.FederatedTypeConfigs, new NamespacedName(Federation.Namespace, type.Name)),
            static config => config is null,
            "the type's configuration to be gone");
        await Wait.GetAsync(
            () => Federation.Host.FindAsync(
                WellKnown.CustomResourceDefinitions, NamespacedName.Cluster($"{type.FederatedResource.Resource}.{type.FederatedResource.Group}")),
            static crd => crd is null,
            "the federated type's definition to be gone");
    }

    private static bool HasCondition(KubeObject found, string type) =>
        found.GetNode("status", "conditions") is JsonArray conditions
        && conditions.Any(c => (string?)c?["type"] == type && (string?)c?["status"] == "True");
}
