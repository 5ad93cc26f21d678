using KubeFed.Hyperfed.Playground.Memory;
using KubeFed.TestSupport.IO;

namespace KubeFed.Hyperfed.Tests.Playground.Memory;

[Parallelizable(ParallelScope.All)]
public sealed class AvailableMemoryTests
{
    [Test]
    public void Bytes_NoGroup_IsWhatTheMachineHasFree()
    {
        using var root = new TempFolder();
        root.Write("proc/meminfo", "MemTotal:       100 kB\nMemFree:         10 kB\nMemAvailable:    50 kB\n");

        Assert.That(new AvailableMemory(root.Path).Bytes, Is.EqualTo(50 * 1024));
    }

    [Test]
    public void Bytes_GroupWithinALimitedOne_IsWhatTheOuterOneHasLeft()
    {
        using var root = new TempFolder();
        root.Write("proc/meminfo", "MemAvailable: 5000 kB\n");
        root.Write("proc/self/cgroup", "0::/outer/inner\n");
        root.Write("sys/fs/cgroup/outer/inner/memory.max", "max\n");
        root.Write("sys/fs/cgroup/outer/inner/memory.current", "700\n");
        root.Write("sys/fs/cgroup/outer/memory.max", "2000\n");
        root.Write("sys/fs/cgroup/outer/memory.current", "900\n");
        root.Write("sys/fs/cgroup/outer/memory.stat", "anon 600\ninactive_file 300\n");

        Assert.That(new AvailableMemory(root.Path).Bytes, Is.EqualTo(1400));
    }

    [Test]
    public void Bytes_OldGroupInAContainer_IsWhatTheContainerHasLeft()
    {
        using var root = new TempFolder();
        root.Write("proc/self/cgroup", "4:cpu,cpuacct:/docker/1\n3:memory:/docker/1\n");
        root.Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n");
        root.Write("sys/fs/cgroup/memory/memory.usage_in_bytes", "600\n");
        root.Write("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 50\n");

        Assert.That(new AvailableMemory(root.Path).Bytes, Is.EqualTo(450));
    }

    [Test]
    public void Bytes_MoreUsedThanAllowed_IsNothing()
    {
        using var root = new TempFolder();
        root.Write("proc/self/cgroup", "0::/\n");
        root.Write("sys/fs/cgroup/memory.max", "1000\n");
        root.Write("sys/fs/cgroup/memory.current", "1100\n");

        Assert.That(new AvailableMemory(root.Path).Bytes, Is.Zero);
    }

    [TestCase("proc/meminfo", "nonsense")]
    [TestCase("proc/self/cgroup", "nonsense\n::\n0::\n")]
    public void Bytes_NothingReadable_DoesNotLimit(string file, string text)
    {
        using var root = new TempFolder();
        root.Write(file, text);

        Assert.That(new AvailableMemory(root.Path).Bytes, Is.EqualTo(long.MaxValue));
    }
}
