using System.Security.Cryptography.X509Certificates;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.KubeClient.Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Authentication;

[TestFixture]
public sealed class RequestHeaderAuthenticatorTests
{
    private static readonly PemKeyPair ProxyAuthority = CertificateMaker.MakeAuthority("proxy-ca", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
    private static readonly PemKeyPair OtherAuthority = CertificateMaker.MakeAuthority("other-ca", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));

    [Test]
    public async Task Authenticate_FromTheProxy_IsTheUserOfTheHeaders()
    {
        var context = Request(Client(ProxyAuthority, "aggregator"));

        var outcome = await Authenticator(["aggregator"]).AuthenticateAsync(context, CancellationToken.None);

        Assert.That(outcome.User, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.User!.Name, Is.EqualTo("alice"));
            Assert.That(outcome.User.Uid, Is.EqualTo("u-1"));
            Assert.That(outcome.User.Groups, Is.EqualTo(new[] { "devs", "ops" }));
            Assert.That(outcome.User.Extra["example.com/scope"], Is.EqualTo(new[] { "a", "b" }));
        });
    }

    private static IEnumerable<TestCaseData> NotTheProxy()
    {
        yield return new TestCaseData(null, new[] { "aggregator" }).SetName("Authenticate_WithoutCertificate_IsNobody");
        yield return new TestCaseData(Client(OtherAuthority, "aggregator"), new[] { "aggregator" }).SetName("Authenticate_OfAnotherAuthority_IsNobody");
        yield return new TestCaseData(Client(ProxyAuthority, "aggregator2"), new[] { "aggregator" }).SetName("Authenticate_OfAnotherName_IsNobody");
        yield return new TestCaseData(Server(ProxyAuthority), Array.Empty<string>()).SetName("Authenticate_WithAServerCertificate_IsNobody");
    }

    [TestCaseSource(nameof(NotTheProxy))]
    public async Task Authenticate_NotTheProxy_IsNobody(X509Certificate2? certificate, string[] allowed)
    {
        var context = Request(certificate);

        var outcome = await Authenticator(allowed).AuthenticateAsync(context, CancellationToken.None);

        Assert.That(outcome, Is.EqualTo(AuthenticationOutcome.NotPresent));
    }

    [Test]
    public async Task Authenticate_Always_TakesTheHeadersAway([Values] bool isProxy)
    {
        var context = Request(isProxy ? Client(ProxyAuthority, "aggregator") : null);

        await Authenticator(["aggregator"]).AuthenticateAsync(context, CancellationToken.None);

        Assert.That(context.Request.Headers.Keys, Is.EquivalentTo(new[] { "Accept" }));
    }

    [Test]
    public async Task Authenticate_AfterTheAuthorityWasReplaced_IsNobody()
    {
        var authorities = Authorities(ProxyAuthority);
        var authenticator = new RequestHeaderAuthenticator(authorities);
        var certificate = Client(ProxyAuthority, "aggregator");
        var before = await authenticator.AuthenticateAsync(Request(certificate), CancellationToken.None);

        authorities.Replace(OtherAuthority.CertificatePem);
        var after = await authenticator.AuthenticateAsync(Request(certificate), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(before.User, Is.Not.Null);
            Assert.That(after.User, Is.Null);
        });
    }

    [TestCase("Example.com%2fScope", "example.com/scope")]
    [TestCase("plain", "plain")]
    [TestCase("broken%2", "broken%2")]
    [TestCase("broken%zz", "broken%zz")]
    public void Decode_OfAKey_IsLowerCaseAndUnescaped(string encoded, string expected) => Assert.That(ExtraKey.Decode(encoded), Is.EqualTo(expected));

    private static RequestHeaderAuthenticator Authenticator(string[] allowed) =>
        new(Authorities(ProxyAuthority)) { Names = new RequestHeaderNames { AllowedNames = allowed } };

    private static ClientCertificateAuthorities Authorities(PemKeyPair authority)
    {
        var authorities = new ClientCertificateAuthorities(TimeProvider.System, NullLogger.Instance);
        authorities.Replace(authority.CertificatePem);
        return authorities;
    }

    private static X509Certificate2 Client(PemKeyPair authority, string name) =>
        CertificateMaker.IssueClient(authority, name, ["system:none"], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)).Load();

    private static X509Certificate2 Server(PemKeyPair authority) =>
        CertificateMaker.IssueServer(authority, ["aggregator"], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)).Load();

    private static DefaultHttpContext Request(X509Certificate2? certificate)
    {
        var context = new DefaultHttpContext();
        context.Connection.ClientCertificate = certificate;
        context.Request.Headers.Accept = "application/json";
        context.Request.Headers["X-Remote-User"] = "alice";
        context.Request.Headers["X-Remote-Uid"] = "u-1";
        context.Request.Headers["X-Remote-Group"] = new[] { "devs", "ops" };
        context.Request.Headers["X-Remote-Extra-Example.com%2fscope"] = new[] { "a", "b" };
        return context;
    }
}
