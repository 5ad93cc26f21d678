using KubeFed.Hyperfed.Playground;
using KubeFed.TestSupport.IO;

namespace KubeFed.Hyperfed.Tests.Playground;

[Parallelizable(ParallelScope.All)]
public sealed class PlaygroundFolderTests
{
    [Test]
    public void Take_HeldByAnother_SaysWhoAndHowToEndIt()
    {
        using var temporary = new TempFolder();
        string path = temporary.Combine("playground");
        using var first = PlaygroundFolder.Take(path);

        var refused = Assert.Throws<PlaygroundException>(() => PlaygroundFolder.Take(path))!;

        Assert.That(refused.Message, Does.Contain($"process {Environment.ProcessId}").And.Contain("playground down"));
    }

    [Test]
    public void Dispose_Always_LeavesNoKubeconfigAndLetsOthersIn()
    {
        using var temporary = new TempFolder();
        using (var folder = PlaygroundFolder.Take(temporary.Path))
        {
            File.WriteAllText(folder.Kubeconfig, "secret");
        }

        Assert.That(File.Exists(temporary.Combine("kubeconfig")), Is.False);
        Assert.That(PlaygroundFolder.FindOwner(temporary.Path), Is.Null);
        PlaygroundFolder.Take(temporary.Path).Dispose();
    }

    [Test]
    public async Task Clear_FolderThatItMade_IsGone()
    {
        using var temporary = new TempFolder();
        string path = temporary.Combine("playground");
        using var folder = PlaygroundFolder.Take(path);
        await folder.OpenLog().DisposeAsync();
        Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(Path.Combine(folder.Data, "key"), "secret");

        folder.Clear();

        Assert.That(Directory.Exists(path), Is.False);
    }

    [Test]
    public void Clear_FolderOfSomebodyElse_StaysWithWhatIsTheirs()
    {
        using var temporary = new TempFolder();
        string theirs = temporary.Write("notes", "keep");
        using var folder = PlaygroundFolder.Take(temporary.Path);

        folder.Clear();

        Assert.That(Directory.GetFiles(temporary.Path), Is.EqualTo(new[] { theirs }));
    }

    [Test]
    public void Take_LeftByAKilledOne_IsHadAndForgetsItsKubeconfig()
    {
        using var temporary = new TempFolder();
        temporary.Write("lock", string.Empty);
        temporary.Write("process", "1");
        string old = temporary.Write("kubeconfig", "old");

        using var folder = PlaygroundFolder.Take(temporary.Path);

        Assert.That(File.Exists(old), Is.False);
        Assert.That(PlaygroundFolder.FindOwner(temporary.Path), Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public void Sweep_LeftByAKilledOne_RemovesItAndSaysSo()
    {
        using var temporary = new TempFolder();
        temporary.Write("lock", string.Empty);
        temporary.Write("process", "1");
        temporary.Write("kubeconfig", "old");

        Assert.That(PlaygroundFolder.Sweep(temporary.Path), Is.True);
        Assert.That(Directory.EnumerateFileSystemEntries(temporary.Path), Is.Empty);
        Assert.That(PlaygroundFolder.Sweep(temporary.Path), Is.False);
    }

    [Test]
    public void Take_NoFolder_NamesItAndTheFlag()
    {
        using var temporary = new TempFolder();
        string file = temporary.Write("file", string.Empty);

        var refused = Assert.Throws<PlaygroundException>(() => PlaygroundFolder.Take(Path.Combine(file, "playground")))!;

        Assert.That(refused.Message, Does.Contain(file).And.Contain("--directory"));
    }
}
