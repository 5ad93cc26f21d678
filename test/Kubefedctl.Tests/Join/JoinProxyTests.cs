using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Join;

[Parallelizable(ParallelScope.All)]
public sealed class JoinProxyTests
{
    private const string Namespace = FakeFederation.Namespace;

    [TestCase("http://user:p%23w@proxy.example.com:3128", "http://proxy.example.com:3128")]
    [TestCase("socks5://user@proxy:1080", "socks5://proxy:1080")]
    public async Task Join_ProxyWithCredentials_StoresAndTriesTheAddressAlone(string proxy, string stored)
    {
        var federation = new FakeFederation();
        federation.SetEndpoint("cluster1", new ClusterEndpoint { Server = "https://c1", CaBundle = "PEM"u8.ToArray(), ProxyUrl = proxy });

        Assert.That(await federation.RunAsync("join", "cluster1"), Is.Zero, federation.Error);

        var cluster = federation.Host.Find(KubeResources.KubeFedClusters, Namespace, "cluster1")!;
        Assert.That(cluster.GetString("spec", "proxyURL"), Is.EqualTo(stored));
        Assert.That(federation.Trials.Single().Endpoint.ProxyUrl, Is.EqualTo(stored), "the token is tried as the control plane will use it");
        Assert.That(federation.Error, Does.Contain($"Warning: the user name and password of the proxy {stored} are not kept").And.Not.Contain("p%23w"));
    }
}
