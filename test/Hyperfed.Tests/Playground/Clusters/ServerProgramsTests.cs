using KubeFed.Hyperfed.Playground.Clusters.Binaries;
using KubeFed.TestSupport.IO;

namespace KubeFed.Hyperfed.Tests.Playground.Clusters;

[Parallelizable(ParallelScope.All)]
public sealed class ServerProgramsTests
{
    [TestCase("KUBEBUILDER_ASSETS=/a;KUBEFED_TESTBED=/b;HOME=/c", "/a/etcd")]
    [TestCase("KUBEFED_TESTBED=/b;HOME=/c", "/b/assets/etcd")]
    [TestCase("XDG_CACHE_HOME=/x;HOME=/c", "/x/kubefed-testbed/assets/etcd")]
    [TestCase("KUBEBUILDER_ASSETS=;HOME=/c", "/c/.cache/kubefed-testbed/assets/etcd")]
    public void Locate_Environment_SaysWhere(string environment, string etcd)
    {
        var variables = environment.Split(';').Select(static entry => entry.Split('=')).ToDictionary(static entry => entry[0], static entry => entry[1]);

        Assert.That(ServerPrograms.Locate(variables.GetValueOrDefault).Etcd, Is.EqualTo(etcd));
    }

    [Test]
    public void Missing_SomePrograms_AreNamedWithWhatToDo()
    {
        using var folder = new TempFolder();
        folder.Write("etcd", string.Empty);
        folder.Write("kube-apiserver", string.Empty);

        Assert.That(
            new ServerPrograms(folder.Path).Missing,
            Does.StartWith($"{folder.Path} has no kube-controller-manager: run ./build.sh testbed, or set KUBEBUILDER_ASSETS"));
        folder.Write("kube-controller-manager", string.Empty);
        Assert.That(new ServerPrograms(folder.Path).Missing, Is.Null);
    }

    [TestCase("Kubernetes v1.20.2\n", true)]
    [TestCase("Kubernetes v1.23.17\n", true)]
    [TestCase("Kubernetes v1.24.0\n", false)]
    [TestCase("Kubernetes v1.35.1-alpha\n", false)]
    public void HasInsecurePort_Version_IsSoBefore124(string version, bool has) => Assert.That(BinariesProvider.HasInsecurePort(version), Is.EqualTo(has));
}
