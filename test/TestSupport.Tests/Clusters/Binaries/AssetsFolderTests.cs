using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.IO;

namespace KubeFed.TestSupport.Tests.Clusters.Binaries;

[TestFixture]
public sealed class AssetsFolderTests
{
    [TestCase("HOME=/h", "/h/.cache/kubefed-testbed/assets")]
    [TestCase("HOME=/h XDG_CACHE_HOME=/x", "/x/kubefed-testbed/assets")]
    [TestCase("HOME=/h XDG_CACHE_HOME=/x KUBEFED_TESTBED=/t", "/t/assets")]
    [TestCase("HOME=/h KUBEFED_TESTBED=/t KUBEBUILDER_ASSETS=/k", "/k")]
    [TestCase("HOME=/h XDG_CACHE_HOME=", "/h/.cache/kubefed-testbed/assets")]
    public void Locate_Variables_GiveTheFolder(string variables, string expected)
    {
        var values = variables.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.That(AssetsFolder.Locate(values.GetValueOrDefault), Is.EqualTo(expected));
    }

    [Test]
    public async Task Locate_Default_IsTheFolderThatTheScriptFills()
    {
        var told = await KubeFed.TestSupport.Processes.ProcessRunner.RunAsync(
            "bash", [Repository.Combine("eng", "testbed", "make.sh"), "--print"]);

        Assert.That(
            told.EnsureSuccess().Output.TrimEnd(),
            Is.EqualTo(AssetsFolder.Locate(name => name == "KUBEBUILDER_ASSETS" ? null : Environment.GetEnvironmentVariable(name))));
    }

    [Test]
    public void Missing_EmptyFolder_NamesWhatToDo()
    {
        using var folder = new TempFolder();

        Assert.That(new AssetsFolder(folder.Path).Missing, Does.Contain("etcd, kube-apiserver, kubectl").And.Contain("./build.sh testbed"));
    }
}
