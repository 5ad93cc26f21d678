using KubeFed.TestSupport.Clusters.Binaries;

namespace KubeFed.TestSupport.Tests.Clusters.Binaries;

[TestFixture]
public sealed class KubernetesVersionTests
{
    [TestCase("Kubernetes v1.20.2\n", 1, 20, true)]
    [TestCase("Kubernetes v1.23.17", 1, 23, true)]
    [TestCase("Kubernetes v1.24.0-rc.1\n", 1, 24, false)]
    [TestCase("Kubernetes v1.36.1+k3s1\n", 1, 36, false)]
    public void TryParse_Version_GivesItsNumbers(string text, int major, int minor, bool insecurePort)
    {
        Assert.That(KubernetesVersion.TryParse(text, out var version), Is.True);
        Assert.That((version!.Major, version.Minor, version.HasInsecurePort), Is.EqualTo((major, minor, insecurePort)));
    }

    [TestCase("")]
    [TestCase("etcd Version: 3.4.23")]
    [TestCase("Kubernetes v99999999999.1.0")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.That(KubernetesVersion.TryParse(text, out _), Is.False);
}
