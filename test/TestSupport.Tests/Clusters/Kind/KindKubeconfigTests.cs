using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Clusters.Kind;
using KubeFed.TestSupport.Pki;

namespace KubeFed.TestSupport.Tests.Clusters.Kind;

[TestFixture]
public sealed class KindKubeconfigTests
{
    [Test]
    public void Read_KubeconfigOfOneCluster_GivesItsAccess()
    {
        using var authority = new CertificateAuthority("ca");
        var access = new ClusterAccess(new Uri("https://127.0.0.1:12345/"), authority.CertificatePem, authority.IssueClient("admin"));

        Assert.That(KindKubeconfig.Read(access.ToKubeconfig("kind-host")), Is.EqualTo(access));
    }

    [Test]
    public void Read_ValueMissing_NamesIt() =>
        Assert.That(
            () => KindKubeconfig.Read("apiVersion: v1\n"), Throws.InstanceOf<ClusterException>().With.Message.Contains("server"));
}
