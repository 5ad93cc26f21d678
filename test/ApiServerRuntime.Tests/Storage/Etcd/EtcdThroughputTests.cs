using System.Diagnostics;
using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;
using KubeFed.TestSupport.Clusters.Etcd;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Etcd;

/// <summary>Measures; run by name only. Compares the storage's creates with plain puts over the same connections.</summary>
[TestFixture]
[Explicit("measures, and takes both cores")]
public sealed class EtcdThroughputTests
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);
    private static readonly byte[] Value = new byte[2048];

    [TestCase(1, true)]
    [TestCase(16, true)]
    [TestCase(64, true)]
    [TestCase(64, false)]
    public async Task Creates_ManyClients_AreMeasured(int clients, bool skipsSync)
    {
        await using var server = await EtcdServer.StartAsync(new EtcdServerOptions { SkipsSync = skipsSync });
        var options = new EtcdStorageOptions { Endpoints = server.Endpoints, CompactionInterval = TimeSpan.Zero };
        await using var storage = new EtcdStorage(options, TimeProvider.System, NullLogger<EtcdStorage>.Instance);
        using var channel = new EtcdChannel(options, TimeProvider.System, NullLogger.Instance);
        var keys = new EtcdKeys("/raw");
        await MeasureAsync(clients, key => RawAsync(channel, keys, key), TimeSpan.FromSeconds(1));

        var raw = await MeasureAsync(clients, key => RawAsync(channel, keys, key), Span);
        var creates = await MeasureAsync(clients, key => storage.CreateAsync(key, Value, null, CancellationToken.None), Span);
        var gets = await MeasureAsync(clients, _ => storage.GetAsync("/a/0-0", CancellationToken.None), Span);
        var revisions = await MeasureAsync(clients, _ => storage.ReadRevisionAsync(CancellationToken.None), Span);

        await TestContext.Out.WriteLineAsync(
            $"{clients} clients, fsync {(skipsSync ? "off" : "on")}: puts {raw:0}/s, creates {creates:0}/s ({creates / raw:P0}), gets {gets:0}/s, revision reads {revisions:0}/s");
        Assert.That(creates, Is.Positive);
    }

    [TestCase(1)]
    [TestCase(8)]
    public async Task Watches_WhileCreating_AreMeasured(int watches)
    {
        await using var server = await EtcdServer.StartAsync();
        var options = new EtcdStorageOptions { Endpoints = server.Endpoints, CompactionInterval = TimeSpan.Zero };
        await using var storage = new EtcdStorage(options, TimeProvider.System, NullLogger<EtcdStorage>.Instance);
        using var stop = new CancellationTokenSource();
        var events = new long[watches];
        var watching = Enumerable.Range(0, watches).Select(i => CountAsync(storage, events, i, stop.Token)).ToArray();

        var creates = await MeasureAsync(64, key => storage.CreateAsync(key, Value, null, CancellationToken.None), Span);
        await stop.CancelAsync();
        await Task.WhenAll(watching);

        await TestContext.Out.WriteLineAsync(
            $"{watches} watches: creates {creates:0}/s, events read {string.Join(' ', events.Select(n => $"{n / Span.TotalSeconds:0}/s"))}");
        Assert.That(events, Is.All.Positive);
    }

    private static async Task CountAsync(EtcdStorage storage, long[] events, int index, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var batch in storage.WatchAsync("/a/", 0, cancellationToken))
            {
                events[index] += batch.Events.Count;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private static Task RawAsync(EtcdChannel channel, EtcdKeys keys, string key) => channel.WriteAsync(
        EtcdMethods.Txn,
        new TxnRequest { Success = { EtcdRequests.Put(keys.ToEtcd(key), Value) } },
        TimeSpan.FromSeconds(5),
        CancellationToken.None);

    private static async Task<double> MeasureAsync(int clients, Func<string, Task> action, TimeSpan span)
    {
        var watch = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < span; count++)
            {
                await action($"/a/{client}-{count}");
            }

            return count;
        })));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }
}
