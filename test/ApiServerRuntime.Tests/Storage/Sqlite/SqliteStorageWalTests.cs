using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.TestSupport.IO;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;

[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class SqliteStorageWalTests
{
    private const int Writes = 200;

    /// <summary>What a power cut leaves: a write-ahead log that ends somewhere, or whose end is not what was written.</summary>
    [Test]
    public async Task OpenAsync_WalTornAtRandomPlaces_HasAGaplessBeginningOfTheHistory()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("store.db");
        await using var store = await SqliteStore.OpenAsync(path);
        await WriteAsync(store);
        var history = (await store.EventsAsync(1)).Select(Line).ToArray();
        var random = new Random(4);
        List<int> lengths = [];
        for (var round = 0; round < 20; round++)
        {
            var copy = folder.Combine($"copy-{round}.db");
            File.Copy(path, copy);
            await File.WriteAllBytesAsync(copy + "-wal", Tear(await ReadAsync(path + "-wal"), random, cut: round % 2 == 0));
            await using var torn = await SqliteStore.OpenAsync(copy);
            var events = await torn.EventsAsync(1);
            lengths.Add(events.Count);
            Assert.That(events.Select(Line), Is.EqualTo(history[..events.Count]));
            Assert.That((await torn.ListAsync("/")).Items.Select(item => item.Revision), Is.EqualTo(Newest(events)));
            Assert.That((await torn.CreateAsync("/next")).Revision, Is.EqualTo(events.Count + 2));
        }

        Assert.That(lengths.Distinct().Count(), Is.GreaterThan(5), "the tears are at different places");
        Assert.That(history, Has.Length.EqualTo(Writes));
    }

    [Test]
    public async Task Wal_ManyWritesAndReadersAllAlong_StaysBounded()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("store.db");
        await using var store = await SqliteStore.OpenAsync(new SqliteStorageOptions { Path = path, WalLimit = 4 << 20 });
        using var done = new CancellationTokenSource();
        var reading = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadAsync(store, done.Token))));
        var value = new string('x', 20_000);
        var longest = 0L;
        for (var i = 0; i < 1500; i += 50)
        {
            await Task.WhenAll(Enumerable.Range(i, 50).Select(n => store.CreateAsync($"/a/{n}", value)));
            longest = Math.Max(longest, new FileInfo(path + "-wal").Length);
        }

        await done.CancelAsync();
        await reading;
        Assert.That(longest, Is.InRange(4 << 20, 32 << 20));
        Assert.That((await store.ListAsync("/a/")).Items, Has.Count.EqualTo(1500));
    }

    private static async Task WriteAsync(SqliteStorage store)
    {
        var random = new Random(3);
        Dictionary<string, long> revisions = [];
        for (var i = 0; i < Writes; i++)
        {
            var key = $"/a/{random.Next(20)}";
            var value = new string((char)('a' + (i % 26)), random.Next(3000));
            var known = revisions.Remove(key, out var revision);
            var delete = known && random.Next(4) == 0;
            var result = !known ? await store.CreateAsync(key, value)
                : delete ? await store.DeleteAsync(key, revision, CancellationToken.None)
                : await store.UpdateAsync(key, revision, value);
            if (!delete)
            {
                revisions[key] = result.Revision;
            }
        }
    }

    private static async Task ReadAsync(SqliteStorage store, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await store.ListAsync("/a/", new StorageListOptions { Limit = 100 }, CancellationToken.None);
            await Task.Yield();
        }
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static byte[] Tear(byte[] wal, Random random, bool cut)
    {
        var place = random.Next(wal.Length);
        if (cut)
        {
            return wal[..place];
        }

        random.NextBytes(wal.AsSpan(place, Math.Min(64, wal.Length - place)));
        return wal;
    }

    private static string Line(StorageEvent e) => $"{e.Revision} {e.Key} {e.Value?.Text()} {e.Previous?.Revision}";

    private static IEnumerable<long> Newest(List<StorageEvent> events) => events.GroupBy(e => e.Key).Select(group => group.Last())
        .Where(e => !e.IsDelete).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => e.Revision);
}
