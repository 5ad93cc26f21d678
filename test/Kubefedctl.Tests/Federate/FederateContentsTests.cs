using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Federate;

[Parallelizable(ParallelScope.All)]
public sealed class FederateContentsTests
{
    private static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");
    private static readonly GroupVersionResource ReplicaSets = new("apps", "v1", "replicasets");
    private static readonly GroupVersionResource Deployments = new("apps", "v1", "deployments");

    [Test]
    public async Task Contents_EnabledTypes_AreFederatedAfterTheirNamespace()
    {
        var federation = await CreateAsync("namespaces", "configmaps", "secrets", "deployments");

        Assert.That(await federation.RunAsync("federate", "namespace", "shop", "--contents"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Is.Empty);
        Assert.That(
            Federated(federation),
            Is.EqualTo(new[]
            {
                "federatednamespaces.types.kubefed.io shop/shop",
                "federatedconfigmaps.types.kubefed.io shop/settings",
                "federateddeployments.types.kubefed.io shop/web",
                "federatedsecrets.types.kubefed.io shop/password",
            }));
    }

    [Test]
    public async Task Contents_MadeByOthers_AreLeftOutAndCounted()
    {
        var federation = await CreateAsync("namespaces", "configmaps", "secrets", "deployments");

        Assert.That(await federation.RunAsync("federate", "ns", "shop", "-c"), Is.Zero, federation.Error);

        Assert.That(federation.Error, Does.Contain("1 of configmaps left out: given by the cluster itself"));
        Assert.That(federation.Error, Does.Contain("1 of configmaps left out: the name cannot be that of a federated object"));
        Assert.That(federation.Error, Does.Contain("1 of secrets left out: given by the cluster itself"));
        Assert.That(federation.Error, Does.Contain("1 of replicasets.apps left out: made by a controller"));
        Assert.That(federation.Error, Does.Not.Contain("event"), "events are nobody's contents");
    }

    [Test]
    public async Task Contents_TypeNotEnabled_AbortsBeforeAnythingIsMade()
    {
        var federation = await CreateAsync("namespaces", "configmaps");

        Assert.That(await federation.RunAsync("federate", "ns", "shop", "-c"), Is.EqualTo(1));

        Assert.That(
            federation.Error,
            Does.Contain("the types deployments.apps, secrets are not enabled in namespace \"kube-federation-system\"")
                .And.Contain("or pass --enable-type, or leave them out with --skip-api-resources=deployments.apps,secrets"));
        Assert.That(Federated(federation), Is.Empty);
    }

    [Test]
    public async Task Contents_EnableType_EnablesWhatIsThere()
    {
        var federation = await CreateAsync("namespaces");

        Assert.That(await federation.RunAsync("federate", "ns", "shop", "-c", "-t"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Is.Empty);
        Assert.That(Federated(federation), Has.Length.EqualTo(4));
        Assert.That(federation.Host.Find(KubeResources.FederatedTypeConfigs, FakeFederation.Namespace, "services"), Is.Null, "nothing of it is there");
    }

    [TestCase("secrets,apps")]
    [TestCase("Secret, deploy,replicasets.extensions")]
    [TestCase("secrets", "-s", "deployments.apps")]
    public async Task Contents_Skipped_AreLeftOut(params string[] skip)
    {
        var federation = await CreateAsync("namespaces", "configmaps");

        Assert.That(await federation.RunAsync(["federate", "ns", "shop", "-c", "-s", .. skip]), Is.Zero, federation.Error);

        Assert.That(Federated(federation), Has.Length.EqualTo(2));
        Assert.That(
            federation.Error.Contains("has no type or group replicasets.extensions to skip", StringComparison.Ordinal),
            Is.EqualTo(skip[0].Contains("extensions", StringComparison.Ordinal)),
            federation.Error);
    }

    [Test]
    public async Task Contents_OutputYaml_PrintsAllAndWritesNothing()
    {
        var federation = await CreateAsync();
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("federate", "ns", "shop", "-c", "-o", "yaml"), Is.Zero, federation.Error);

        Assert.That(
            KubeYaml.ReadDocuments(federation.Out).Select(d => (string?)d["kind"]),
            Is.EqualTo(new[] { "FederatedNamespace", "FederatedConfigMap", "FederatedDeployment", "FederatedSecret" }));
        Assert.That(federation.Host.Names, Is.EqualTo(before));
    }

    [Test]
    public async Task Contents_SomeFederatedAlready_MakesTheOthersAndFails()
    {
        var federation = await CreateAsync("namespaces", "configmaps", "secrets", "deployments");
        Assert.That(await federation.RunAsync("federate", "ns", "shop"), Is.Zero, federation.Error);

        Assert.That(await federation.RunAsync("federate", "ns", "shop", "-c"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("1 of 4 federated objects existed already and were left as they are (federatednamespace.types.kubefed.io/shop); the others were created"));
        Assert.That(Federated(federation), Has.Length.EqualTo(4));
    }

    [Test]
    public async Task Contents_OfAnythingButANamespace_AreRefused()
    {
        var federation = await CreateAsync();

        Assert.That(await federation.RunAsync("federate", "cm", "settings", "-n", "shop", "-c"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.StartWith("Error: --contents is of namespaces, not of configmaps"));
    }

    [Test]
    public async Task Contents_TypeThatMayNotBeListed_IsNamedWithTheWayOut()
    {
        var federation = await CreateAsync("namespaces", "configmaps");
        federation.Host.Before = (verb, resource, _) =>
        {
            if (verb == "list" && resource.Resource == "secrets")
            {
                throw StatusErrors.Forbidden(resource.GroupResource, "", "no right");
            }
        };

        Assert.That(await federation.RunAsync("federate", "ns", "shop", "-c", "-s", "apps"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("does not let you list secrets in namespace \"shop\"; pass --skip-api-resources=secrets"));
    }

    [Test]
    public async Task Contents_ApiOutOfOrder_IsWarnedOf()
    {
        var federation = await CreateAsync("namespaces", "configmaps", "secrets", "deployments");
        federation.Mapper.Failures[new GroupVersion("broken.example.com", "v1")] = "the server is down";

        Assert.That(await federation.RunAsync("federate", "ns", "shop", "-c"), Is.Zero, federation.Error);

        Assert.That(federation.Error, Does.Contain("Warning: host cluster \"host\"").And.Contain("cannot tell what broken.example.com/v1 has (the server is down)"));
    }

    private static string[] Federated(FakeFederation federation) =>
        [.. federation.Host.Calls.Where(c => c.StartsWith("create federated", StringComparison.Ordinal) && c.Contains(".types.kubefed.io ", StringComparison.Ordinal))
            .Select(c => c["create ".Length..]).Distinct()];

    private static async Task<FakeFederation> CreateAsync(params string[] enabled)
    {
        var federation = new FakeFederation();
        foreach (var type in enabled)
        {
            Assert.That(await federation.RunAsync("enable", type), Is.Zero, federation.Error);
        }

        federation.Host.Put(KubeResources.Namespaces, """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        Put(federation, ConfigMaps, "ConfigMap", "settings");
        Put(federation, ConfigMaps, "ConfigMap", "kube-root-ca.crt");
        Put(federation, ConfigMaps, "ConfigMap", "Odd:Name");
        Put(federation, KubeResources.Secrets, "Secret", "password");
        Put(federation, KubeResources.Secrets, "Secret", "default-token", ""","type":"kubernetes.io/service-account-token" """);
        Put(federation, Deployments, "Deployment", "web");
        Put(federation, new GroupVersionResource("", "v1", "events"), "Event", "web.1");
        federation.Host.Put(
            ReplicaSets,
            """{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"web-1","namespace":"shop","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"web","uid":"u","controller":true}]}}""");
        return federation;
    }

    private static void Put(FakeFederation federation, GroupVersionResource resource, string kind, string name, string more = "") => federation.Host.Put(
        resource,
        $$"""{"apiVersion":"{{resource.GroupVersion}}","kind":"{{kind}}","metadata":{"name":"{{name}}","namespace":"shop"}{{more}} }""");
}
