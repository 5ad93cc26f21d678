using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Json;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.e2e.Scenarios;

/// <summary>A type that nobody knew when the control plane was built or started.</summary>
public sealed class CustomResourceTests : SharedFederationTest
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

    private async Task<FederatedType> InstallAsync(string scope)
    {
        var kind = $"Widget{Names.Unique(scope)[^8..]}";
        var definition = Manifests.Parse($$"""
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
        foreach (var cluster in Federation.Clusters)
        {
            await cluster.Client.CreateAsync(WellKnown.CustomResourceDefinitions, definition);
        }

        foreach (var cluster in Federation.Clusters)
        {
            await Wait.GetAsync(
                () => cluster.Client.GetAsync(WellKnown.CustomResourceDefinitions, definition.Key),
                static crd => HasCondition(crd, "Established"),
                $"{definition.Key} to be served in {cluster}");
        }

        return await Federation.EnableAsync(definition.Metadata.Name);
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
