using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.KubeClient.Certificates;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Certificates;

[TestFixture, Parallelizable(ParallelScope.All)]
public class ClientCertificateAuthoritiesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly PemKeyPair Authority = CertificateMaker.MakeAuthority("ours", Now, TimeSpan.FromDays(10));

    [Test]
    public void Verify_ClientOfTheAuthority_Counts() => Assert.That(Verify(Client()), Is.True);

    [Test]
    public void Verify_NoAuthorities_CountsNobody() => Assert.That(Verify(Client(), string.Empty), Is.False);

    [Test]
    public void Verify_ClientOfAnother_DoesNotCount() =>
        Assert.That(Verify(Client(), CertificateMaker.MakeAuthority("ours", Now, TimeSpan.FromDays(1)).CertificatePem), Is.False);

    [Test]
    public void Verify_ServerCertificate_DoesNotCount() =>
        Assert.That(Verify(CertificateMaker.IssueServer(Authority, ["host"], Now, TimeSpan.FromDays(1))), Is.False);

    [Test]
    public void Verify_AfterItsEnd_DoesNotCountThoughItDidBefore()
    {
        var clock = new FakeClock(Now);
        var authorities = Authorities(clock, Authority.CertificatePem);
        using var certificate = X509Certificate2.CreateFromPem(Client().CertificatePem);
        Assert.That(authorities.Verify(certificate), Is.True);
        clock.Advance(TimeSpan.FromDays(1.01));
        Assert.That(authorities.Verify(certificate), Is.False);
    }

    [Test]
    public void Verify_IntermediateInTheBundle_Counts()
    {
        var root = MakeAuthority("root", null);
        var intermediate = MakeAuthority("between", root);
        var client = CertificateMaker.IssueClient(intermediate, "alice", [], Now, TimeSpan.FromDays(1));
        Assert.Multiple(() =>
        {
            Assert.That(Verify(client, root.CertificatePem + intermediate.CertificatePem), Is.True);
            Assert.That(Verify(client, root.CertificatePem), Is.False, "nobody sent the intermediate");
        });
    }

    [Test]
    public void Replace_OtherAuthorities_HoldForTheNextQuestion()
    {
        var authorities = Authorities(new FakeClock(Now), Authority.CertificatePem);
        using var certificate = X509Certificate2.CreateFromPem(Client().CertificatePem);
        Assert.That(authorities.Verify(certificate), Is.True);
        authorities.Replace(CertificateMaker.MakeAuthority("theirs", Now, TimeSpan.FromDays(1)).CertificatePem);
        Assert.That(authorities.Verify(certificate), Is.False);
    }

    [Test]
    public void Replace_Garbage_KeepsTheGoodOnes()
    {
        var authorities = Authorities(new FakeClock(Now), Authority.CertificatePem);
        authorities.Replace("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
        authorities.Replace("garbage");
        using var certificate = X509Certificate2.CreateFromPem(Client().CertificatePem);
        Assert.That(authorities.Verify(certificate), Is.True);
    }

    [Test]
    public void Serving_FilesReplaced_AreServedWithinTenSecondsAndGarbageIsNot()
    {
        using var folder = new TempFolder();
        var clock = new FakeClock(Now);
        var (first, second) = (Server("first"), Server("second"));
        var certificateFile = folder.Write("tls.crt", first.CertificatePem);
        var keyFile = folder.Write("tls.key", first.KeyPem);
        var serving = ServingCertificate.FromFiles(certificateFile, keyFile, clock, NullLogger.Instance);
        folder.Write("tls.crt", second.CertificatePem);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(serving.Current.TargetCertificate.Subject, Is.EqualTo("CN=first"), "the key is still the other's");
        folder.Write("tls.key", second.KeyPem);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.That(serving.Current.TargetCertificate.Subject, Is.EqualTo("CN=first"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(serving.Current.TargetCertificate.Subject, Is.EqualTo("CN=second"));
        File.Delete(certificateFile);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(serving.Current.TargetCertificate.Subject, Is.EqualTo("CN=second"));
    }

    private static PemKeyPair Client() => CertificateMaker.IssueClient(Authority, "alice", ["devs"], Now, TimeSpan.FromDays(1));

    private static PemKeyPair Server(string host) => CertificateMaker.IssueServer(Authority, [host], Now, TimeSpan.FromDays(1));

    private static bool Verify(PemKeyPair pair, string? bundle = null)
    {
        using var certificate = X509Certificate2.CreateFromPem(pair.CertificatePem);
        return Authorities(new FakeClock(Now), bundle ?? Authority.CertificatePem).Verify(certificate);
    }

    private static ClientCertificateAuthorities Authorities(FakeClock clock, string bundle)
    {
        var authorities = new ClientCertificateAuthorities(clock, NullLogger.Instance);
        authorities.Replace(bundle);
        return authorities;
    }

    // An authority below which there may be others, unlike those that the server makes.
    private static PemKeyPair MakeAuthority(string name, PemKeyPair? by)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var issuer = by?.Load();
        using var certificate = issuer is null
            ? request.CreateSelfSigned(Now.AddMinutes(-1), Now.AddDays(5))
            : request.Create(issuer, Now.AddMinutes(-1), Now.AddDays(4), [1, 2, 3]);
        return new PemKeyPair(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
