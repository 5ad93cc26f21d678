using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Proxies;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.TestSupport.Tests.Proxies;

/// <summary>What a client of a real cluster sees through the proxy.</summary>
[TestFixture]
[Category("clusters")]
public sealed class FaultProxyTests
{
    private const string Namespaces = "api/v1/namespaces";

    private ClusterSet _clusters = null!;
    private FaultProxy _proxy = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _clusters = await ClusterSet.CreateAsync(new ClusterSetOptions { Members = 0 });
        _proxy = await FaultProxy.StartAsync(_clusters.Host, isAdministrator: true);
        _client = NewClient();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client?.Dispose();
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        if (_clusters is not null)
        {
            await _clusters.DisposeAsync();
        }
    }

    [Test]
    public async Task Healthy_RequestsAreAnsweredAndNoted()
    {
        Assert.That(await _client.GetStringAsync(Namespaces), Does.Contain("kube-system"));
        Assert.That($"{_proxy.Requests.Last()}", Is.EqualTo($"GET /{Namespaces}: 200"));
        Assert.That(await CodeAsync("nowhere"), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Error_IsAnsweredAsKubernetesDoes_UntilTheFaultEnds()
    {
        using (_proxy.Break(static _ => ProxyFault.Error(429, "TooManyRequests", TimeSpan.FromSeconds(3))))
        {
            using var answer = await _client.GetAsync(Namespaces);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(3)));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\"reason\":\"TooManyRequests\""));
        }

        Assert.That(await CodeAsync(Namespaces), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public void HalfAnswer_BreaksWithinTheBody()
    {
        using (_proxy.Break(static _ => ProxyFault.HalfAnswer))
        {
            Assert.That(() => _client.GetStringAsync(Namespaces), Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>());
        }
    }

    [Test]
    public async Task Stall_IsNotAnswered_ThenBreaks()
    {
        using var client = NewClient();
        Task<HttpResponseMessage> request;
        using (_proxy.Break(static _ => ProxyFault.Stall))
        {
            var before = _proxy.Requests.Count;
            request = client.GetAsync(Namespaces);
            await Eventually.True(() => _proxy.Requests.Count > before, "the request to arrive");
            Assert.That(request.IsCompleted, Is.False);
        }

        Assert.That(async () => await request, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task GoDown_NothingGetsThrough_UntilItIsUp()
    {
        using var client = NewClient();
        using (_proxy.GoDown())
        {
            Assert.That(() => client.GetStringAsync(Namespaces), Throws.InstanceOf<HttpRequestException>());
        }

        Assert.That(await CodeAsync(Namespaces), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task ExpireWatches_OpenWatch_EndsWithItsVersionGone()
    {
        var before = _proxy.Requests.Count;
        using var answer = await _client.GetAsync($"{Namespaces}?watch=true", HttpCompletionOption.ResponseHeadersRead);
        Assert.That(_proxy.Requests.Skip(before).Single().IsWatch, Is.True);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.That(await reader.ReadLineAsync(), Does.Contain("ADDED"));
        _proxy.ExpireWatches();
        Assert.That((await reader.ReadToEndAsync()).TrimEnd().Split('\n')[^1], Does.Contain("\"code\":410"));
    }

    private async Task<HttpStatusCode> CodeAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        return answer.StatusCode;
    }

    private HttpClient NewClient() => new(new SocketsHttpHandler
    {
        SslOptions =
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509Certificate2.CreateFromPem(_proxy.AuthorityPem) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    })
    {
        BaseAddress = _proxy.Address,
        DefaultRequestVersion = HttpVersion.Version20,
        Timeout = TimeSpan.FromSeconds(60),
    };
}
