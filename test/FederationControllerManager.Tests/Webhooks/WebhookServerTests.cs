using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Options;
using KubeFed.FederationControllerManager.Webhooks;
using KubeFed.KubeClient.Certificates;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.Webhooks;

/// <summary>The webhook over TLS, as an API server calls it.</summary>
[TestFixture]
public sealed class WebhookServerTests
{
    private static readonly PemKeyPair Authority = CertificateMaker.MakeAuthority("test-ca", TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));

    private WebhookServer _server = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = Server(0);
        await _server.StartAsync(CancellationToken.None);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509Certificate2.CreateFromPem(Authority.CertificatePem) },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{_server.Port}") };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("/validate-kubefedclusters")]
    [TestCase("/validate-kubefedcluster")]
    [TestCase("/validate-federatedtypeconfigs?timeout=5s")]
    public async Task Post_AReview_IsAnswered(string path)
    {
        var review = Reviews.Of("KubeFedCluster", "kubefedclusters", """{"apiEndpoint":"","secretRef":{"name":"c1"}}""");

        using var response = await PostAsync(path, review.ToJsonString());

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That((bool)answer["response"]!["allowed"]!, Is.False);
    }

    [TestCase("no json")]
    [TestCase("{}")]
    [TestCase("")]
    [TestCase("""{"apiVersion":"admission.k8s.io/v1","apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}}""")]
    public async Task Post_AnythingElse_Is400(string body)
    {
        using var response = await PostAsync("/validate-kubefedclusters", body);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Not.Empty);
    }

    [Test]
    public async Task Post_NestedWithoutEnd_Is400()
    {
        using var response = await PostAsync("/validate-kubefedclusters", string.Concat(Enumerable.Repeat("{\"a\":", 5000)));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Post_LargerThanAnyReview_Is413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/validate-kubefedclusters");
        request.Content = new ByteArrayContent(new byte[(8 * 1024 * 1024) + 1]);
        request.Headers.ExpectContinue = true;

        using var response = await _client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task Get_IsNotServed()
    {
        using var response = await _client.GetAsync(new Uri("/validate-kubefedclusters", UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task Start_PortInUse_SaysSo()
    {
        await using var second = Server(_server.Port);

        await Assert.ThatAsync(() => second.StartAsync(CancellationToken.None), Throws.TypeOf<ComponentStartException>().With.Message.Contains("cannot listen"));
    }

    private static WebhookServer Server(int port)
    {
        var leaf = CertificateMaker.IssueServer(Authority, ["127.0.0.1"], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        var serving = new ServingCertificate(leaf, TimeProvider.System, NullLogger.Instance);
        return new WebhookServer(
            new ListenAddress(IPAddress.Loopback, port), serving, new AdmissionReviewer(new FakeTargets()), NullLoggerFactory.Instance);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _client.PostAsync(new Uri(path, UriKind.Relative), content);
    }
}
