using KubeFed.TestSupport.IO;

namespace KubeFed.TestSupport.Tests.IO;

[TestFixture]
public sealed class TempFolderTests
{
    [Test]
    public void Dispose_FolderWithFiles_IsGone()
    {
        var folder = new TempFolder();
        var path = folder.Write("a/b.txt", "text");
        Assert.That(File.ReadAllText(path), Is.EqualTo("text"));

        folder.Dispose();
        folder.Dispose();

        Assert.That(Directory.Exists(folder.Path), Is.False);
    }
}
