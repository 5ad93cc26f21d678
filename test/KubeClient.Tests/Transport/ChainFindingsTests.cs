using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeFed.KubeClient.Transport;

namespace KubeFed.KubeClient.Tests.Transport;

public sealed class ChainFindingsTests
{
    private X509Certificate2 _leaf = null!;
    private X509Certificate2 _root = null!;

    [OneTimeSetUp]
    public void MakeCertificates() => (_leaf, _root) = (Make("leaf"), Make("root"));

    [OneTimeTearDown]
    public void DropCertificates()
    {
        _leaf.Dispose();
        _root.Dispose();
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Collect_NoChainAtAll_IsNothingToWeigh(bool isBuilt) => Assert.That(ChainFindings.Collect(isBuilt, [], []), Is.Null);

    [Test]
    public void Collect_RefusedWithoutAStatus_IsNothingToWeigh() =>
        Assert.That(ChainFindings.Collect(isBuilt: false, [(_leaf, []), (_root, [Status(X509ChainStatusFlags.NoError)])], []), Is.Null);

    [Test]
    public void Collect_BuiltWithoutAStatus_IsEmpty() => Assert.That(ChainFindings.Collect(isBuilt: true, [(_leaf, []), (_root, [])], []), Is.Empty);

    [Test]
    public void Collect_StatusOfTheWholeOnly_IsOfTheLastCertificate()
    {
        var found = ChainFindings.Collect(isBuilt: false, [(_leaf, []), (_root, [])], [Status(X509ChainStatusFlags.PartialChain)]);

        Assert.That(found!.Select(f => (f.Certificate.Subject, f.Status.Status)), Is.EqualTo([("CN=root", X509ChainStatusFlags.PartialChain)]));
    }

    [Test]
    public void Collect_StatusOfBoth_IsGivenOnceWithItsCertificate()
    {
        var late = Status(X509ChainStatusFlags.NotTimeValid);

        var found = ChainFindings.Collect(isBuilt: false, [(_leaf, [late]), (_root, [])], [late]);

        Assert.That(found!.Select(f => (f.Certificate.Subject, f.Status.Status)), Is.EqualTo([("CN=leaf", X509ChainStatusFlags.NotTimeValid)]));
    }

    private static X509ChainStatus Status(X509ChainStatusFlags flags) => new() { Status = flags, StatusInformation = "" };

    private static X509Certificate2 Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
    }
}
