using KubeFed.Hyperfed.Playground;
using KubeFed.TestSupport.IO;

namespace KubeFed.Hyperfed.Tests.Playground;

public sealed class PlaygroundFolderTests
{
    [Test]
    public void Take_HeldByAnother_SaysWhoAndHowToEndIt()
    {
        using var temporary = new TempFolder();
        string path = Path.Combine(temporary.Path, "playground");
        using var first = PlaygroundFolder.Take(path);

        var refused = Assert.Throws<PlaygroundException>(() => PlaygroundFolder.Take(path))!;

        Assert.That(refused.Message, Does.Contain($"process {Environment.ProcessId}").And.Contain("hyperfed playground down"));
    }

    [Test]
    public void Dispose_Always_LeavesNoKubeconfigAndLetsOthersIn()
    {
        using var temporary = new TempFolder();
        using (var folder = PlaygroundFolder.Take(temporary.Path))
        {
            File.WriteAllText(folder.Kubeconfig, "secret");
        }

        Assert.That(File.Exists(Path.Combine(temporary.Path, "kubeconfig")), Is.False);
        Assert.That(PlaygroundFolder.FindOwner(temporary.Path), Is.Null);
        PlaygroundFolder.Take(temporary.Path).Dispose();
    }

    [Test]
    public void Take_NoFolder_NamesItAndTheFlag()
    {
        using var temporary = new TempFolder();
        string file = Path.Combine(temporary.Path, "file");
        File.WriteAllText(file, string.Empty);

        var refused = Assert.Throws<PlaygroundException>(() => PlaygroundFolder.Take(Path.Combine(file, "playground")))!;

        Assert.That(refused.Message, Does.Contain(file).And.Contain("--directory"));
    }
}
