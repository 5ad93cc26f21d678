using KubeFed.KubeClient.Configuration;
using KubeFed.TestSupport.IO;

namespace KubeFed.KubeClient.Tests.Configuration;

public sealed class SmallFileTests
{
    [Test]
    public void ReadBytes_SmallFile_TakesMemoryOfItsSize()
    {
        using var folder = new TempFolder();
        var file = folder.Write("token", new string('x', 2000));
        SmallFile.ReadBytes(file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SmallFile.ReadBytes(file);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(50_000));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5000)]
    [TestCase(4 * 1024 * 1024)]
    public void ReadBytes_AnySize_IsTheWholeFile(int size)
    {
        using var folder = new TempFolder();
        var content = Enumerable.Range(0, size).Select(i => (byte)(i * 31)).ToArray();
        File.WriteAllBytes(folder.Combine("f"), content);
        Assert.That(SmallFile.ReadBytes(folder.Combine("f")).AsSpan().SequenceEqual(content));
    }

    [Test]
    public void ReadBytes_TooLarge_SaysSo()
    {
        using var folder = new TempFolder();
        using (var file = File.Create(folder.Combine("f")))
        {
            file.SetLength((4 * 1024 * 1024) + 1);
        }

        Assert.That(() => SmallFile.ReadBytes(folder.Combine("f")), Throws.TypeOf<KubeConfigException>().With.Message.EndsWith("larger than 4194304 bytes"));
    }

    [Test]
    [Platform("Linux")]
    public void ReadBytes_FileThatDoesNotKnowItsSize_IsTheWholeFile() =>
        Assert.That(SmallFile.ReadText("/proc/self/status"), Does.StartWith("Name:").And.Contains("voluntary_ctxt_switches"));
}
