using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.TestSupport.IO;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;

[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class SqliteStorageQueueTests
{
    [Test]
    public async Task CreateAsync_TooManyWait_IsRefusedAtOnceAndTheRestIsDone()
    {
        using var folder = new TempFolder();
        var options = new SqliteStorageOptions { Path = folder.Combine("store.db"), QueueLimit = 4, BatchLimit = 1 };
        await using var store = await SqliteStore.OpenAsync(options);
        await store.CreateAsync("/a/first");
        var outcomes = await WithWriterHeldUpAsync(options.Path, () => Enumerable.Range(0, 20).Select(i => store.CreateAsync($"/a/{i}")).ToArray());

        var refused = outcomes.Count(outcome => outcome is StorageUnavailableException);
        Assert.That(refused, Is.InRange(15, 16));
        Assert.That((await store.ListAsync("/a/")).Items, Has.Count.EqualTo(21 - refused));
    }

    [Test]
    public async Task CreateAsync_TooManyBytesWait_IsRefusedAtOnce()
    {
        using var folder = new TempFolder();
        var options = new SqliteStorageOptions { Path = folder.Combine("store.db"), QueueBytes = 1 << 20, BatchLimit = 1 };
        await using var store = await SqliteStore.OpenAsync(options);
        var value = new string('x', 400_000);
        var outcomes = await WithWriterHeldUpAsync(
            options.Path, () => Enumerable.Range(0, 10).Select(i => store.CreateAsync($"/a/{i}", value)).ToArray());

        Assert.That(outcomes.Count(outcome => outcome is StorageUnavailableException), Is.InRange(7, 8));
        Assert.That((await store.CreateAsync("/a/later", value)).Succeeded, Is.True, "what was refused no longer counts");
    }

    [Test]
    public async Task CreateAsync_CancelledWhileItWaits_StopsWaiting()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("store.db");
        await using var store = await SqliteStore.OpenAsync(path);
        using var stop = new CancellationTokenSource();

        var outcomes = await WithWriterHeldUpAsync(path, () =>
        {
            var write = store.CreateAsync("/a/1", "v"u8.ToArray(), null, stop.Token);
            stop.Cancel();
            return [write];
        });

        Assert.That(outcomes.Single(), Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Writes_ManyAtOnce_ShareTransactionsAndAreCounted()
    {
        using var folder = new TempFolder();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var batches = new ConcurrentQueue<int>();
        var queued = 0L;
        using var listener = Listen(meters);
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => batches.Enqueue(value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            Interlocked.Add(ref queued, instrument.Name == "apiserver_storage_sqlite_queued_writes" ? value : 0));
        listener.Start();
        var options = new SqliteStorageOptions { Path = folder.Combine("store.db") };
        await using (var store = await SqliteStore.OpenAsync(options, meters: meters))
        {
            await WithWriterHeldUpAsync(
                options.Path, () => Enumerable.Range(0, 100).Select(i => store.CreateAsync($"/a/{i}")).ToArray());
        }

        Assert.That(batches.Sum(), Is.EqualTo(100));
        Assert.That(batches, Has.Count.LessThan(10));
        Assert.That(Interlocked.Read(ref queued), Is.Zero);
    }

    private static MeterListener Listen(IMeterFactory meters) => new()
    {
        InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name == SqliteStorageMetrics.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        },
    };

    /// <summary>Starts writes while another connection holds the database's lock, lets it go, and waits for what becomes of them.</summary>
    private static async Task<List<Exception?>> WithWriterHeldUpAsync(string path, Func<Task<StorageWriteResult>[]> start)
    {
        Task<StorageWriteResult>[] writes;
        using (var holder = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await holder.OpenAsync();
            using var command = holder.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();
            writes = start();
            command.CommandText = "ROLLBACK";
            await command.ExecuteNonQueryAsync();
        }

        List<Exception?> outcomes = [];
        foreach (var write in writes)
        {
            try
            {
                await write.WaitAsync(TimeSpan.FromSeconds(30));
                outcomes.Add(null);
            }
            catch (Exception e)
            {
                outcomes.Add(e);
            }
        }

        return outcomes;
    }
}
