using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Transport;
using KubeFed.TestSupport.Pki;
using Microsoft.AspNetCore.Http;

namespace KubeFed.KubeClient.Tests.Transport;

public sealed class KubeTransportTests
{
    private readonly CertificateAuthority _authority = new("the authority");
    private HttpsServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"), askClientCertificate: true);

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [OneTimeTearDown]
    public void DropKey() => _authority.Dispose();

    [Test]
    public async Task Send_NobodyListens_SaysSo() => Assert.That(
        await new KubeClientConfig { Server = new Uri("https://127.0.0.1:1") }.FailureAsync(),
        Is.EqualTo("cannot reach the API server https://127.0.0.1:1: connection refused"));

    [Test]
    public async Task Send_NoSuchHost_SaysSo() => Assert.That(
        await new KubeClientConfig { Server = new Uri("https://nowhere.invalid") }.FailureAsync(),
        Does.Match("^cannot reach the API server https://nowhere.invalid: (no such host|the name cannot be resolved now)$"));

    [Test]
    public async Task Send_ServerWithoutTls_SaysSo()
    {
        await using var plain = await HttpsServer.StartAsync(null);

        var message = await new KubeClientConfig { Server = new Uri($"https://127.0.0.1:{plain.Port}") }.FailureAsync();

        Assert.That(message, Does.EndWith("it does not speak TLS on this port (is its address http://?)"));
    }

    [Test]
    public async Task Send_Cancelled_IsCancelled()
    {
        await using var transport = KubeTransport.Create(_server.Trusting(_authority));
        using var request = new HttpRequestMessage(HttpMethod.Get, "x");

        await Assert.ThatAsync(async () => await transport.SendAsync(request, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Send_Redirect_IsNotFollowed()
    {
        _server.Handler = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };

        var answer = await (_server.Trusting(_authority) with { Token = "t" }).GetOnceAsync();

        Assert.That(answer.Code, Is.EqualTo(302));
        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Send_AddressOfAnotherServer_IsRefused()
    {
        await using var transport = KubeTransport.Create(_server.Trusting(_authority));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await transport.GetAsync("https://example.com/api"));
    }

    [TestCase("api/v1?limit=1")]
    [TestCase("/api/v1?limit=1")]
    public async Task Send_ServerWithAPath_KeepsIt(string path)
    {
        var config = _server.Trusting(_authority) with { Server = new Uri(_server.Address, "clusters/one") };

        await config.GetOnceAsync(path);

        Assert.That(_server.Requests.Single().Path, Is.EqualTo("/clusters/one/api/v1?limit=1"));
    }

    [Test]
    public async Task Send_PlainHttpOnLoopback_CarriesNoCredentials()
    {
        await using var plain = await HttpsServer.StartAsync(null);

        await new KubeClientConfig { Server = plain.Address, Token = "t" }.GetOnceAsync();

        Assert.That((plain.Requests.Single().Protocol, plain.Requests.Single().Authorization), Is.EqualTo(("HTTP/1.1", (string?)null)));
    }

    [Test]
    public async Task Send_ClientCertificate_IsShown()
    {
        var config = _server.Trusting(_authority).WithCertificate(_authority.IssueClient("alice", "admins"));

        await config.GetOnceAsync();

        Assert.That(_server.Requests.Single().ClientCertificate, Does.Contain("CN=alice"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Send_Compression_IsAskedForUnlessDisabled(bool disabled)
    {
        _server.Handler = async context =>
        {
            if (context.Request.Headers.AcceptEncoding.ToString() == "gzip")
            {
                context.Response.Headers.ContentEncoding = "gzip";
                await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
                await gzip.WriteAsync("squeezed"u8.ToArray());
            }
            else
            {
                await context.Response.WriteAsync("plain");
            }
        };

        var answer = await (_server.Trusting(_authority) with { DisableCompression = disabled }).GetOnceAsync();

        Assert.That(answer.Body, Is.EqualTo(disabled ? "plain" : "squeezed"));
    }

    [Test]
    public async Task Send_Headers_NameTheClientAndWhoItActsAs()
    {
        var config = _server.Trusting(_authority) with
        {
            UserAgent = "tests/v1",
            Impersonation = new Impersonation
            {
                UserName = "jané",
                Uid = "42",
                Groups = ["a", "b"],
                Extra = new Dictionary<string, IReadOnlyList<string>> { ["Example.com/Scopes"] = ["x", "y"] },
            },
        };

        await config.GetOnceAsync();

        var seen = _server.Requests.Single();
        Assert.That(seen.Header("User-Agent"), Is.EqualTo("tests/v1"));
        Assert.That(seen.Header("Impersonate-User"), Is.EqualTo("jané"));
        Assert.That(seen.Header("Impersonate-Uid"), Is.EqualTo("42"));
        Assert.That(seen.Header("Impersonate-Group"), Is.EqualTo("a,b"));
        Assert.That(seen.Header("Impersonate-Extra-Example.com%2FScopes"), Is.EqualTo("x,y"));
    }

    [TestCase("u\r\nX: y")]
    [TestCase("")]
    public void Create_ImpersonationThatIsNoHeader_IsRefused(string name) => Assert.Throws<KubeConfigException>(
        () => KubeTransport.Create(_server.Trusting(_authority) with { Impersonation = new Impersonation { UserName = name } }));

    [Test]
    public void Create_BadMaterial_IsRefused()
    {
        var config = new KubeClientConfig { Server = _server.Address };
        var junk = TransportFixture.Utf8("junk");
        KubeClientConfig[] all =
        [
            config with { CertificateAuthorityData = junk },
            config with { CertificateAuthorityFile = "/does/not/exist" },
            config with { ClientCertificateData = junk },
            config with { ClientCertificateData = junk, ClientKeyData = junk },
            config with { Token = "two\nlines" },
            config with { Token = " " },
            config with { Server = new Uri("ftp://x") },
            config with { ProxyUrl = new Uri("ftp://x") },
            config with { SkipTlsVerify = true, CertificateAuthorityData = junk },
        ];

        foreach (var bad in all)
        {
            Assert.Throws<KubeConfigException>(() => KubeTransport.Create(bad));
        }
    }

    [Test]
    public async Task Send_AuthoritiesReplaced_AreReadForTheNextConnection()
    {
        using var folder = new TestSupport.IO.TempFolder();
        using var other = new CertificateAuthority("another authority");
        var file = folder.Write("ca.crt", other.CertificatePem);
        await using var transport = KubeTransport.Create(new KubeClientConfig { Server = _server.Address, CertificateAuthorityFile = file });
        await Assert.ThrowsAsync<HttpRequestException>(async () => await transport.GetAsync());

        folder.Write("ca.crt", other.CertificatePem + _authority.CertificatePem);

        Assert.That((await transport.GetAsync()).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task Send_Anything_IsMeasured()
    {
        var host = _server.Address.Authority;
        var counted = new ConcurrentQueue<string>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ClientTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Enqueue(
            $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(t => t.Value))}"));
        meters.Start();
        var activities = new ConcurrentQueue<Activity>();
        using var tracing = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ClientTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(tracing);

        await _server.Trusting(_authority).GetOnceAsync("api/v1/pods");

        Assert.That(counted, Does.Contain($"rest_client_requests_total 1 200 GET {host}"));
        var seen = activities.Single(a => Equals(a.GetTagItem("server.port"), _server.Port));
        Assert.That(seen.GetTagItem("url.path"), Is.EqualTo("/api/v1/pods"));
        Assert.That(seen.GetTagItem("http.response.status_code"), Is.EqualTo(200));
    }

    [Test]
    public async Task Send_ManyAtOnce_ShareOneConnection()
    {
        await using var transport = KubeTransport.Create(_server.Trusting(_authority) with { Token = "t" });
        await transport.GetAsync();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => transport.GetAsync($"n/{i}")));

        Assert.That(_server.Requests, Has.Count.EqualTo(101));
        Assert.That(_server.Requests.Select(r => r.Connection).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Send_AfterDispose_Throws()
    {
        var transport = KubeTransport.Create(_server.Trusting(_authority));
        await transport.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await transport.GetAsync());
    }
}
