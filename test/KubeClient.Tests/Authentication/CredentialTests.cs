using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Tests.Transport;
using KubeFed.KubeClient.Transport;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Pki;
using KubeFed.TestSupport.Time;
using Microsoft.AspNetCore.Http;

namespace KubeFed.KubeClient.Tests.Authentication;

public sealed class CredentialTests
{
    private readonly CertificateAuthority _authority = new("the authority");
    private readonly FakeClock _clock = new();
    private TempFolder _folder = null!;
    private HttpsServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TempFolder();
        _server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"), askClientCertificate: true);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [OneTimeTearDown]
    public void DropKey() => _authority.Dispose();

    [Test]
    public async Task Send_Basic_IsEncoded()
    {
        await (_server.Trusting(_authority) with { Username = "u", Password = "p" }).GetOnceAsync();

        Assert.That(_server.Requests.Single().Authorization, Is.EqualTo("Basic dTpw"));
    }

    [Test]
    public async Task Send_CallersOwnAuthorization_Wins()
    {
        _server.Handler = Refuse;
        await using var transport = KubeTransport.Create(_server.Trusting(_authority) with { Token = "mine" });

        var answer = await transport.GetAsync(change: r => r.Headers.TryAddWithoutValidation("Authorization", "Bearer theirs"));

        Assert.That(answer.Code, Is.EqualTo(401));
        Assert.That(_server.Requests.Single().Authorization, Is.EqualTo("Bearer theirs"));
    }

    [Test]
    public async Task Send_RotatingToken_IsTheOnePutInPlaceLast()
    {
        var token = new RotatingToken("one");
        await using var transport = KubeTransport.Create(_server.Trusting(_authority) with { RotatingToken = token, Token = "other" });
        await transport.GetAsync();
        token.Replace(" two\n");
        await transport.GetAsync();

        Assert.That(_server.Requests.Select(r => r.Authorization), Is.EqualTo(new[] { "Bearer one", "Bearer two" }));
        Assert.That(_server.Requests.Select(r => r.Connection).Distinct().Count(), Is.EqualTo(1), "the connection stays");
    }

    [Test]
    public async Task Send_RotatingTokenReplacedDuringTheRequest_IsTriedOnce()
    {
        var token = new RotatingToken("one");
        await using var transport = KubeTransport.Create(_server.Trusting(_authority) with { RotatingToken = token });
        _server.Handler = context =>
        {
            token.Replace("two");
            return Refuse(context);
        };

        Assert.That((await transport.GetAsync()).Code, Is.EqualTo(401));
        Assert.That((await transport.GetAsync()).Code, Is.EqualTo(401));

        Assert.That(_server.Requests.Select(r => r.Authorization), Is.EqualTo(new[] { "Bearer one", "Bearer two", "Bearer two" }));
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a\nb")]
    public void RotatingToken_Unusable_IsRefusedAndTheOldStays(string unusable)
    {
        var token = new RotatingToken("one");

        Assert.That(() => token.Replace(unusable), Throws.InstanceOf<CredentialException>());
        Assert.That(token.Is("one"), Is.True);
        Assert.That(() => new RotatingToken(unusable), Throws.InstanceOf<CredentialException>());
    }

    [Test]
    public async Task Send_TokenFile_IsReadAnewAfterFiftySeconds()
    {
        await using var transport = WithTokenFile("one\n");
        await transport.GetAsync();
        _folder.Write("token", "two");
        _clock.Advance(TimeSpan.FromSeconds(49));
        await transport.GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await transport.GetAsync();
        File.Delete(_folder.Combine("token"));
        _clock.Advance(TimeSpan.FromSeconds(60));
        await transport.GetAsync();

        Assert.That(_server.Requests.Select(r => r.Authorization), Is.EqualTo(new[] { "Bearer one", "Bearer one", "Bearer two", "Bearer two" }));
    }

    [Test]
    public async Task Send_TokenRefused_IsReadAnewAndTriedOnce()
    {
        await using var transport = WithTokenFile("one");
        await transport.GetAsync();
        _folder.Write("token", "two");
        _server.Handler = Refuse;

        Assert.That((await transport.GetAsync()).Code, Is.EqualTo(401));
        Assert.That(_server.Requests.Select(r => r.Authorization), Is.EqualTo(new[] { "Bearer one", "Bearer one", "Bearer two" }));
    }

    [Test]
    public async Task Send_TokenRefusedAndUnchanged_IsNotTriedAgain()
    {
        _server.Handler = Refuse;
        await using var transport = WithTokenFile("one");

        Assert.That((await transport.GetAsync()).Code, Is.EqualTo(401));
        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Send_NoTokenFile_SaysWhich()
    {
        await using var transport = KubeTransport.Create(_server.Trusting(_authority) with { TokenFile = "/no/token" });

        var e = await Assert.ThrowsAsync<CredentialException>(async () => await transport.GetAsync());

        Assert.That(e!.Message, Does.EndWith("cannot read the bearer token: /no/token: no such file"));
    }

    [Test]
    public async Task Send_CertificateFilesReplaced_NewConnectionShowsThem()
    {
        WriteCertificate(_authority.IssueClient("one"));
        await using var transport = KubeTransport.Create(
            _server.Trusting(_authority) with { ClientCertificateFile = _folder.Combine("crt"), ClientKeyFile = _folder.Combine("key") }, _clock);
        await transport.GetAsync();
        var next = _authority.IssueClient("two");
        _folder.Write("crt", next.CertificatePem);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await transport.GetAsync();
        WriteCertificate(next);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await transport.GetAsync();

        Assert.That(_server.Requests.Select(r => r.ClientCertificate), Is.EqualTo(new[] { "CN=one", "CN=one", "CN=two" }));
    }

    [TestCase("plain-Key_1", "plain-Key_1")]
    [TestCase("a/b%é", "a%2Fb%25%C3%A9")]
    public void EscapeKey_OddCharacters_ArePercentEncoded(string key, string expected) =>
        Assert.That(ImpersonationHeaders.EscapeKey(key), Is.EqualTo(expected));

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = 401;
        return Task.CompletedTask;
    }

    private void WriteCertificate(IssuedCertificate certificate)
    {
        _folder.Write("crt", certificate.CertificatePem);
        _folder.Write("key", certificate.KeyPem);
    }

    private KubeTransport WithTokenFile(string content) =>
        KubeTransport.Create(_server.Trusting(_authority) with { TokenFile = _folder.Write("token", content) }, _clock);
}
