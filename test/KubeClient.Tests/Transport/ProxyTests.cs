using System.Net;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Transport;
using KubeFed.TestSupport.Pki;

namespace KubeFed.KubeClient.Tests.Transport;

public sealed class ProxyTests
{
    private readonly CertificateAuthority _authority = new("the authority");

    [OneTimeTearDown]
    public void DropKey() => _authority.Dispose();

    [TestCase("http")]
    [TestCase("socks5")]
    [TestCase("socks5h")]
    public async Task Send_ThroughAProxy_VerifiesTheServer(string scheme)
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "api.example.com"));
        await using var proxy = new TunnelProxy(new IPEndPoint(IPAddress.Loopback, server.Port));
        var config = new KubeClientConfig
        {
            Server = new Uri("https://api.example.com:6443"),
            CertificateAuthorityData = TransportFixture.Utf8(_authority.CertificatePem),
            ProxyUrl = new Uri($"{scheme}://127.0.0.1:{proxy.Port}"),
        };

        Assert.That((await config.GetOnceAsync()).Code, Is.EqualTo(200));
        Assert.That(proxy.Targets, Is.EqualTo(new[] { "api.example.com:6443" }));
        Assert.That(server.Requests.Single().Protocol, Is.EqualTo("HTTP/2"));
    }

    [Test]
    public async Task Send_DisabledValidationThroughAProxy_HoldsThere()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "other.example.com"));
        await using var proxy = new TunnelProxy();
        var strict = server.Trusting(_authority) with { ProxyUrl = new Uri($"http://127.0.0.1:{proxy.Port}") };

        Assert.That(await strict.FailureAsync(), Does.Contain("its certificate is not trusted"));
        Assert.That((await (strict with { DisabledTlsValidations = DisabledTlsValidations.SubjectName }).GetOnceAsync()).Code, Is.EqualTo(200));
        Assert.That((await (strict with { TlsServerName = "other.example.com" }).GetOnceAsync()).Code, Is.EqualTo(200));
        Assert.That(proxy.Targets, Is.EqualTo(Enumerable.Repeat($"127.0.0.1:{server.Port}", 3)));
    }

    [Test]
    public async Task Send_ProxyWithPassword_GivesIt()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"));
        await using var proxy = new TunnelProxy { DemandCredentials = "me:p@ss" };

        var answer = await (server.Trusting(_authority) with { ProxyUrl = new Uri($"http://me:p%40ss@127.0.0.1:{proxy.Port}") }).GetOnceAsync();

        Assert.That(answer.Code, Is.EqualTo(200));
        Assert.That(proxy.Credentials, Is.EqualTo(new[] { "me:p@ss" }));
    }

    [Test]
    public async Task Send_ProxyIsDown_NamesItWithoutItsPassword()
    {
        var config = new KubeClientConfig { Server = new Uri("https://api.example.com"), ProxyUrl = new Uri("http://me:secret@127.0.0.1:1") };

        Assert.That(await config.FailureAsync(), Is.EqualTo(
            "cannot reach the API server https://api.example.com through the proxy http://127.0.0.1:1: connection refused"));
    }

    [Test]
    public async Task Send_PlainHttpToAnotherMachine_CarriesNoCredentials()
    {
        await using var proxy = await HttpsServer.StartAsync(null);
        var config = new KubeClientConfig { Server = new Uri("http://api.example.com"), Token = "secret", ProxyUrl = proxy.Address };

        Assert.That((await config.GetOnceAsync()).Code, Is.EqualTo(200));
        Assert.That(proxy.Requests.Single().Authorization, Is.Null);
    }

    [TestCase("https://api.example.com", "http://secure:3128/")]
    [TestCase("http://api.example.com", "http://plain:8080/")]
    [TestCase("https://localhost:6443", null)]
    [TestCase("https://127.0.0.1", null)]
    [TestCase("https://[::1]:6443", null)]
    [TestCase("https://10.1.2.3", null)]
    [TestCase("https://11.1.2.3", "http://secure:3128/")]
    [TestCase("https://192.168.0.7", null)]
    [TestCase("https://internal.net", null)]
    [TestCase("https://a.internal.net", null)]
    [TestCase("https://xinternal.net", "http://secure:3128/")]
    [TestCase("https://dotted.net", "http://secure:3128/")]
    [TestCase("https://a.dotted.net", null)]
    [TestCase("https://star.net", "http://secure:3128/")]
    [TestCase("https://b.star.net", null)]
    [TestCase("https://port.net:8443", null)]
    [TestCase("https://port.net", "http://secure:3128/")]
    [TestCase("https://[fd00::7]", null)]
    public void EnvironmentProxy_NoProxy_ListsExceptions(string destination, string? expected)
    {
        var variables = new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = "http://secure:3128",
            ["http_proxy"] = "plain:8080",
            ["NO_PROXY"] = "10.0.0.0/8, 192.168.0.7,internal.net,.dotted.net,*.star.net,port.net:8443,fd00::/8",
        };

        var proxy = EnvironmentProxy.FromVariables(variables.GetValueOrDefault)!;

        Assert.That(proxy.GetProxy(new Uri(destination))?.AbsoluteUri, Is.EqualTo(expected));
        Assert.That(proxy.IsBypassed(new Uri(destination)), Is.EqualTo(expected is null));
    }

    [Test]
    public void EnvironmentProxy_Star_ExceptsAll()
    {
        var proxy = EnvironmentProxy.FromVariables(name => name switch { "https_proxy" => "http://p", "no_proxy" => "*", _ => null })!;

        Assert.That(proxy.GetProxy(new Uri("https://api.example.com")), Is.Null);
        Assert.That(EnvironmentProxy.FromVariables(_ => null), Is.Null);
    }
}
