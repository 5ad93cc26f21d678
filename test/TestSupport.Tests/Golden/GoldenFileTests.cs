using KubeFed.TestSupport.Golden;
using KubeFed.TestSupport.IO;

namespace KubeFed.TestSupport.Tests.Golden;

[TestFixture]
public sealed class GoldenFileTests
{
    [Test]
    public void Match_FileBesideTheTest_IsFoundAndLineEndsDoNotMatter() => GoldenFile.Match("example.txt", "first\r\nsecond\r\n");

    [Test]
    public void Compare_TextDiffers_Fails()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.txt", "old");

        Assert.That(() => Failing(() => GoldenFile.Compare(path, "new", update: false)), Does.Contain("UPDATE_GOLDEN=1"));
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
    }

    [Test]
    public void Compare_FileMissing_FailsAndShowsTheText()
    {
        using var folder = new TempFolder();

        Assert.That(Failing(() => GoldenFile.Compare(folder.Combine("a.txt"), "the text", update: false)), Does.Contain("the text"));
    }

    [Test]
    public void Compare_Update_WritesTheFile()
    {
        using var folder = new TempFolder();

        GoldenFile.Compare(folder.Combine("deep/a.txt"), "new", update: true);

        GoldenFile.Compare(folder.Combine("deep/a.txt"), "new", update: false);
    }

    // A failed assertion stays with the test that runs unless it happens in a context of its own.
    private static string Failing(Action code)
    {
        using var isolated = new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext();
        return Assert.Throws<AssertionException>(code)!.Message;
    }
}
