namespace KubeFed.Hyperfed.Tests.Docs;

[Parallelizable(ParallelScope.All)]
public sealed class ShownOutputTests
{
    [TestCase("a\nb", "a\nb\n")]
    [TestCase("up (1.2 s)", "up (10.3 s)")]
    [TestCase("NAME   AGE\nweb    5s", "NAME      AGE\nweb       1m12s")]
    [TestCase("web-6c4f7d9b8d-x7k2p   1/1", "web-5d8f6c7b9c-abcde 1/1")]
    [TestCase("a\n...\nz", "a\nb\nc\nz")]
    [TestCase("a\n...\nz", "a\nz")]
    [TestCase("Normal  Create  0s  made", "Normal  Create  3s (x2 over 1m4s)  made")]
    [TestCase("ended (process 1)", "ended (process 234)")]
    [TestCase("", "")]
    public void Difference_Alike_IsNone(string shown, string printed) => Assert.That(ShownOutput.Difference(shown, printed), Is.Null);

    [TestCase("a\nb", "a")]
    [TestCase("a", "a\nb")]
    [TestCase("READY\n2/2", "READY\n1/2")]
    [TestCase("a\n...\nz", "a\nb")]
    [TestCase("", "a")]
    public void Difference_Unlike_ShowsBoth(string shown, string printed) =>
        Assert.That(ShownOutput.Difference(shown, printed), Does.StartWith("shown:").And.Contain("printed:"));
}
