using System.Net;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Transport;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.KubeClient.Tests.Discovery;

[Category("clusters")]
public sealed class RealServerTests
{
    private const string Widgets = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: gadgets.discovery.example.com}
        spec:
          group: discovery.example.com
          scope: Cluster
          names: {plural: gadgets, singular: gadget, kind: Gadget, shortNames: [gdg]}
          versions:
          - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}, subresources: {status: {}}}
        """;

    private TestCluster _cluster = null!;
    private KubeTransport _transport = null!;

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        _cluster = (await ClusterPool.GetAsync()).Host;
        _transport = KubeTransport.Create(KubeConfigLoader.Load(new KubeConfigOptions { Path = _cluster.KubeconfigPath }));
    }

    [OneTimeTearDown]
    public async Task DisconnectAsync()
    {
        if (_transport is not null)
        {
            await _transport.DisposeAsync();
        }
    }

    [Test]
    public async Task GetVersion_RealServer_IsParsed()
    {
        var version = await new DiscoveryClient(_transport).GetVersionAsync();

        Assert.That(version.IsAtLeast(1, 20), Is.True, version.ToString());
        Assert.That(version.GitVersion, Does.StartWith("v1."));
    }

    [TestCase("deploy", "apps", "deployments", ResourceScope.Namespaced)]
    [TestCase("Namespace", "", "namespaces", ResourceScope.Cluster)]
    [TestCase("cm", "", "configmaps", ResourceScope.Namespaced)]
    [TestCase("clusterroles.rbac.authorization.k8s.io", "rbac.authorization.k8s.io", "clusterroles", ResourceScope.Cluster)]
    [TestCase("jobs.v1.batch", "batch", "jobs", ResourceScope.Namespaced)]
    public async Task Resolve_RealServer_FindsBuiltIns(string name, string group, string plural, ResourceScope scope)
    {
        var found = await RestMapper.Create(_transport).ResolveAsync(name);

        Assert.That(found.Resource, Is.EqualTo(new GroupVersionResource(group, "v1", plural)));
        Assert.That((found.Scope, found.IsPreferredVersion), Is.EqualTo((scope, true)));
    }

    [Test]
    public async Task Discover_RealServer_KnowsSubresources()
    {
        var found = await new DiscoveryClient(_transport).DiscoverAsync();

        Assert.That(found.Failures, Is.Empty);
        var deployments = found.Resources.Single(r => r.Resource == new GroupVersionResource("apps", "v1", "deployments"));
        Assert.That(deployments.Subresources, Is.SupersetOf(new[] { "status", "scale" }));
        Assert.That(deployments.Verbs, Does.Contain("watch"));
    }

    [Test]
    public async Task Resolve_TypeMadeMeanwhile_IsFoundAfterAMiss()
    {
        var mapper = RestMapper.Create(_transport);
        await Assert.ThrowsAsync<ResourceNotFoundException>(async () => await mapper.ResolveAsync("gdg"));

        (await _cluster.KubectlAsync(Widgets, ["apply", "-f", "-"])).EnsureSuccess();

        var found = await Eventually.GetAsync(() => mapper.ResolveAsync("gdg"), _ => true, "the new type is found");
        Assert.That(found.Kind, Is.EqualTo(new GroupVersionKind("discovery.example.com", "v1", "Gadget")));
        Assert.That((found.Scope, found.Subresources), Is.EqualTo((ResourceScope.Cluster, new[] { "status" })).UsingPropertiesComparer());
    }

    [Test]
    public async Task Send_RealServer_SpeaksHttp2AndGzip()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "openapi/v2");
        using var response = await _transport.SendAsync(request, CancellationToken.None);

        Assert.That(response.Version, Is.EqualTo(HttpVersion.Version20));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("{\"swagger\""));
    }
}
