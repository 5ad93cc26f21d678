using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Federate;

[Parallelizable(ParallelScope.All)]
public sealed class FederateTests
{
    private static readonly GroupVersionResource FederatedConfigMaps = new("types.kubefed.io", "v1beta1", "federatedconfigmaps");

    [Test]
    public async Task Federate_ConfigMap_CreatesItsFederatedObject()
    {
        var federation = await WithConfigMapAsync();
        await federation.RunAsync("enable", "configmaps");

        Assert.That(await federation.RunAsync("federate", "configmap", "settings", "-n", "shop"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Is.Empty);
        var made = federation.Host.Find(FederatedConfigMaps, "shop", "settings")!;
        Assert.That(
            JsonNode.DeepEquals(
                made.GetNode("spec"),
                JsonNode.Parse("""{"placement":{"clusterSelector":{"matchLabels":{}}},"template":{"metadata":{"labels":{"a":"b"}},"data":{"k":"v"}}}""")),
            Is.True,
            made.GetNode("spec")!.ToJsonString());
        Assert.That(federation.Error, Does.Contain("Warning: the annotations c of configmap/settings are left out"));
    }

    [Test]
    public async Task Federate_OutputYaml_NeedsNothingEnabledAndWritesNothing()
    {
        var federation = await WithConfigMapAsync();
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("federate", "cm", "settings", "-n", "shop", "-o", "yaml"), Is.Zero, federation.Error);

        Assert.That((string?)KubeYaml.ToJson(federation.Out)!["kind"], Is.EqualTo("FederatedConfigMap"));
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [Test]
    public async Task Federate_NotEnabled_SaysHowTo()
    {
        var federation = await WithConfigMapAsync();

        Assert.That(await federation.RunAsync("federate", "cm", "settings", "-n", "shop"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("the type configmaps is not enabled").And.Contain("run \"kubefedctl enable configmaps\" first, or pass --enable-type"));
    }

    [Test]
    public async Task Federate_EnableType_EnablesFirstAndPrintsNothing()
    {
        var federation = await WithConfigMapAsync();

        Assert.That(await federation.RunAsync("federate", "cm", "settings", "-n", "shop", "-t"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Is.Empty);
        Assert.That(federation.Host.Find(FederatedConfigMaps, "shop", "settings"), Is.Not.Null);
    }

    [Test]
    public async Task Federate_Twice_IsAnError()
    {
        var federation = await WithConfigMapAsync();
        await federation.RunAsync("federate", "cm", "settings", "-n", "shop", "-t");

        Assert.That(await federation.RunAsync("federate", "cm", "settings", "-n", "shop"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("federatedconfigmap.types.kubefed.io/settings exists already in namespace \"shop\""));
    }

    [Test]
    public async Task Federate_NoSuchObject_AsksForTheNamespace()
    {
        var federation = await WithConfigMapAsync();

        Assert.That(await federation.RunAsync("federate", "cm", "settings"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("has no configmaps \"default/settings\"; name its namespace with -n"));
    }

    [Test]
    public async Task Federate_Namespace_GoesIntoItself()
    {
        var federation = new FakeFederation();
        federation.Host.Put(
            new GroupVersionResource("", "v1", "namespaces"),
            """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"},"spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}}""");

        var spec = await TemplateAsync(federation, "ns", "shop");

        Assert.That(spec["metadata"]!["namespace"]!.GetValue<string>(), Is.EqualTo("shop"));
        Assert.That(spec["spec"]!["template"]!.ToJsonString(), Is.EqualTo("{}"));
    }

    [Test]
    public async Task Federate_Service_LeavesOutWhatTheClusterAssigned()
    {
        var federation = new FakeFederation();
        federation.Host.Put(
            new GroupVersionResource("", "v1", "services"),
            """{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"default"},"spec":{"clusterIP":"10.0.0.1","clusterIPs":["10.0.0.1"],"ports":[{"port":80,"nodePort":30080}],"type":"NodePort"}}""");

        var federated = await TemplateAsync(federation, "svc", "web");

        Assert.That(federated["spec"]!["template"]!.ToJsonString(), Is.EqualTo("""{"spec":{"ports":[{"port":80}],"type":"NodePort"}}"""));
    }

    [Test]
    public async Task Federate_ServiceAccount_LeavesOutItsSecrets()
    {
        var federation = new FakeFederation();
        federation.Host.Put(
            new GroupVersionResource("", "v1", "serviceaccounts"),
            """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"bot","namespace":"default"},"secrets":[{"name":"bot-token"}]}""");

        var federated = await TemplateAsync(federation, "sa", "bot");

        Assert.That(federated["spec"]!["template"]!.ToJsonString(), Is.EqualTo("{}"));
    }

    private static async Task<JsonNode> TemplateAsync(FakeFederation federation, string type, string name)
    {
        Assert.That(await federation.RunAsync("federate", type, name, "-o", "yaml"), Is.Zero, federation.Error);
        return KubeYaml.ToJson(federation.Out)!;
    }

    private static Task<FakeFederation> WithConfigMapAsync()
    {
        var federation = new FakeFederation();
        federation.Host.Put(
            new GroupVersionResource("", "v1", "configmaps"),
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop","labels":{"a":"b"},"annotations":{"c":"d"}},"data":{"k":"v"}}""");
        return Task.FromResult(federation);
    }
}
