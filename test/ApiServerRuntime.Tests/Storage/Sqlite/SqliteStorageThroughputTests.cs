using System.Diagnostics;
using KubeFed.TestSupport.IO;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;

/// <summary>How fast the store is on this machine; run by hand.</summary>
[TestFixture]
[Explicit("measures this machine")]
[NonParallelizable]
public sealed class SqliteStorageThroughputTests
{
    private const int Writes = 20_000;
    private static readonly string Value = new('x', 2048);

    [TestCase(1)]
    [TestCase(16)]
    [TestCase(64)]
    public async Task CreateAsync_ConcurrentClients_Rate(int clients)
    {
        using var folder = new TempFolder();
        await using var store = await SqliteStore.OpenAsync(folder.Combine("store.db"));
        await store.CreateAsync("/warm", Value);
        var latencies = new double[Writes];
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < Writes; i = Interlocked.Increment(ref next))
            {
                var started = Stopwatch.GetTimestamp();
                await store.CreateAsync($"/registry/types.kubefed.io/federatedconfigmaps/ns-{i % 20}/object-{i:00000}", Value);
                latencies[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        })));
        var seconds = watch.Elapsed.TotalSeconds;
        Array.Sort(latencies);
        watch.Restart();
        var page = await store.ListAsync("/registry/types.kubefed.io/");
        await TestContext.Progress.WriteLineAsync(
            $"{clients} clients: {Writes / seconds:0} creates/s, p50 {latencies[Writes / 2]:0.0} ms, p99 {latencies[Writes * 99 / 100]:0.0} ms, "
            + $"max {latencies[^1]:0.0} ms; list of {page.Items.Count}: {watch.Elapsed.TotalMilliseconds:0} ms; flush: {FlushMilliseconds(folder):0.00} ms");
    }

    private static double FlushMilliseconds(TempFolder folder)
    {
        using var file = File.OpenHandle(folder.Combine("flush"), FileMode.CreateNew, FileAccess.Write);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
        {
            RandomAccess.Write(file, new byte[4096], i * 4096);
            RandomAccess.FlushToDisk(file);
        }

        return watch.Elapsed.TotalMilliseconds / 100;
    }
}
