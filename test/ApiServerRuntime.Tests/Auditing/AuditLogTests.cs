using KubeFed.ApiServerRuntime.Auditing;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Threading;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Auditing;

[TestFixture, Parallelizable(ParallelScope.All)]
public class AuditLogTests
{
    [Test]
    public async Task Dispose_LinesWaiting_AreAllWrittenInOrder()
    {
        var sink = new MemorySink();
        await using (var log = Log(sink))
        {
            for (var i = 0; i < 1000; i++)
            {
                await log.WriteAsync(Line($"line {i}"), default);
            }
        }

        Assert.That(sink.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => $"line {i}")));
        Assert.That(sink.IsClosed, Is.True);
    }

    [Test]
    public async Task Write_DropAtTheBound_CountsWhatIsLost()
    {
        var hold = new SyncPoint();
        var sink = new MemorySink(hold);
        await using var log = Log(sink, new AuditLogOptions { MaxBytes = 20, Overflow = AuditOverflow.Drop });
        await log.WriteAsync(Line("first"), default);
        await hold.ReachedAsync();
        await log.WriteAsync(Line("0123456789"), default);
        await log.WriteAsync(Line("0123456789"), default);
        Assert.That(log.Lost, Is.EqualTo(1));
        hold.Release();
    }

    [Test]
    public async Task Write_BlockAtTheBound_WaitsUntilThereIsRoom()
    {
        var hold = new SyncPoint();
        var sink = new MemorySink(hold);
        var log = Log(sink, new AuditLogOptions { MaxBytes = 20 });
        await log.WriteAsync(Line("first"), default);
        await hold.ReachedAsync();
        await log.WriteAsync(Line("0123456789"), default);
        var waiting = log.WriteAsync(Line("0123456789"), default).AsTask();
        Assert.That(waiting.IsCompleted, Is.False);
        hold.Release();
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        await log.DisposeAsync();
        Assert.That((sink.Text.Split('\n').Length - 1, log.Lost, log.Written), Is.EqualTo((3, 0L, 3L)));
    }

    [Test]
    public async Task Write_SinkFails_GoesOnAndCounts()
    {
        var sink = new MemorySink { Fails = true };
        var log = Log(sink);
        await log.WriteAsync(Line("lost"), default);
        await Eventually.HoldsAsync(() => log.Lost == 1, () => $"{log.Lost} lost");
        sink.Fails = false;
        await log.WriteAsync(Line("kept"), default);
        await log.DisposeAsync();
        Assert.That((sink.Text, log.Written), Is.EqualTo(("kept\n", 1L)));
    }

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task File_BeyondItsSize_IsSetAsideAndTheOldestGo()
    {
        using var folder = new TempFolder();
        var clock = new FakeClock();
        var path = folder.Combine("audit.log");
        await using (var file = new AuditFile(path, 10L, 2, clock))
        {
            for (var i = 0; i < 5; i++)
            {
                await file.WriteAsync(Line($"number {i}"), default);
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        var backups = Directory.GetFiles(folder.Path, "audit-*.log").Order(StringComparer.Ordinal).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(path), Is.EqualTo("number 4\n"));
            Assert.That(backups.Select(File.ReadAllText), Is.EqualTo(new[] { "number 2\n", "number 3\n" }));
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
    }

    [Test]
    public async Task File_ThatExists_IsAppendedTo()
    {
        using var folder = new TempFolder();
        var path = folder.Write("audit.log", "before\n");
        await using (var file = new AuditFile(path, 0L, 0, new FakeClock()))
        {
            await file.WriteAsync(Line("after"), default);
        }

        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("before\nafter\n"));
    }

    private static byte[] Line(string text) => System.Text.Encoding.UTF8.GetBytes(text + "\n");

    private static AuditLog Log(IAuditSink sink, AuditLogOptions? options = null) =>
        new(sink, options ?? new AuditLogOptions(), TimeProvider.System, NullLogger.Instance);
}
