using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.e2e.Federations;

namespace KubeFed.e2e.Scenarios;

/// <summary>Objects that are there already and become federated by <c>kubefedctl federate</c>.</summary>
public sealed class FederateTests(string installation) : SharedFederationTest(installation)
{
    [Test]
    public async Task Federate_ClusterRole_TemplateEqualsSourceAndReachesAll()
    {
        var role = Manifests.Parse($$"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: {{Names.Unique("federate")}}
              labels: {app: web}
            rules:
            - {apiGroups: [""], resources: [pods], verbs: [get, list]}
            """);
        await Federation.Host.CreateAsync(WellKnown.ClusterRoles, role);
        await Federation.KubefedctlAsync("federate", "clusterrole", role.Metadata.Name);
        await IsFederatedAsync("clusterroles.rbac.authorization.k8s.io", role);
    }

    [Test]
    public async Task Federate_ConfigMap_TemplateEqualsSourceAndReachesAll()
    {
        var key = new NamespacedName(await Federation.CreateNamespaceAsync("federate"), "settings");
        var map = Manifests.ConfigMap(key, "{mode: fast, size: '3'}");
        await Federation.Host.CreateAsync(WellKnown.ConfigMaps, map);
        await Federation.KubefedctlAsync("federate", "configmap", key.Name, "--namespace", key.Namespace);
        await IsFederatedAsync("configmaps", map);
    }

    private async Task IsFederatedAsync(string typeName, KubeObject source)
    {
        var type = await Federation.GetTypeAsync(typeName);
        var template = Content(source);
        var federated = await Federation.Host.GetAsync(type.FederatedResource, source.Key);
        Assert.That(JsonNode.DeepEquals(federated.GetNode("spec", "template"), template), () => $"{federated.GetNode("spec", "template")}");
        var driver = new FederatedObjectDriver(Federation, type, source.Key);
        await driver.IsInOrderAsync(new FederatedSpec { Template = template, Clusters = Federation.ClusterNames }, "federate");
    }

    // A template names neither its type nor itself.
    private static JsonObject Content(KubeObject source)
    {
        var content = source.ToNode();
        content.Remove("apiVersion");
        content.Remove("kind");
        var metadata = content["metadata"]!.AsObject();
        metadata.Remove("name");
        metadata.Remove("namespace");
        if (metadata.Count == 0)
        {
            content.Remove("metadata");
        }

        return content;
    }
}
