using System.Security.Cryptography.X509Certificates;
using KubeFed.TestSupport.Pki;

namespace KubeFed.TestSupport.Tests.Pki;

[TestFixture]
public sealed class CertificateAuthorityTests
{
    [Test]
    public void IssueServer_Hosts_AreTrustedUnderTheAuthorityOnly()
    {
        using var authority = new CertificateAuthority("ca");
        using var other = new CertificateAuthority("other");
        using var certificate = authority.IssueServer("server", "127.0.0.1", "localhost").ToX509();

        Assert.Multiple(() =>
        {
            Assert.That(certificate.MatchesHostname("localhost"), Is.True);
            Assert.That(certificate.MatchesHostname("127.0.0.1"), Is.True);
            Assert.That(certificate.MatchesHostname("example.org"), Is.False);
            Assert.That(IsTrusted(certificate, authority), Is.True);
            Assert.That(IsTrusted(certificate, other), Is.False);
        });
    }

    [Test]
    public void IssueClient_UserAndGroups_AreInTheSubject()
    {
        using var authority = new CertificateAuthority("ca");
        using var certificate = authority.IssueClient("someone", "group-a", "group-b").ToX509();

        Assert.Multiple(() =>
        {
            Assert.That(certificate.HasPrivateKey, Is.True);
            Assert.That(certificate.Subject, Does.Contain("CN=someone").And.Contain("O=group-a").And.Contain("O=group-b"));
        });
    }

    private static bool IsTrusted(X509Certificate2 certificate, CertificateAuthority authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(authority.CertificatePem));
        return chain.Build(certificate);
    }
}
