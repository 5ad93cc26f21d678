using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Time;
using Microsoft.Data.Sqlite;
using Eventually = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;

[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class SqliteStorageHistoryTests
{
    private readonly FakeTimeProvider _clock = new();
    private TempFolder _folder = null!;

    private SqliteStorageOptions Options => new() { Path = _folder.Combine("store.db"), HistoryWindow = TimeSpan.FromMinutes(4) };

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task History_OlderThanTheWindow_IsCompacted()
    {
        await using var store = await SqliteStore.OpenAsync(Options, _clock);
        var first = (await store.CreateAsync("/a/1")).Revision;
        var second = (await store.UpdateAsync("/a/1", first, "two")).Revision;

        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.That((await store.ListAsync("/a/", first)).Items, Has.Count.EqualTo(1));

        await Eventually.True(
            () =>
            {
                _clock.Advance(TimeSpan.FromMinutes(1));
                return IsCompactedAsync(store, first);
            },
            "compaction of what is older than the window");
        Assert.That((await store.ListAsync("/a/", second)).Items.Single().Text(), Is.EqualTo("two"));
    }

    [Test]
    public async Task History_LongerThanTheLimit_IsCompacted()
    {
        await using var store = await SqliteStore.OpenAsync(Options with { HistoryLimit = 100 }, _clock);
        for (var i = 0; i < 120; i++)
        {
            await store.CreateAsync($"/a/{i}");
        }

        Assert.That(await IsCompactedAsync(store, 5), Is.True);
        Assert.That((await store.ListAsync("/a/", 50)).Items, Has.Count.EqualTo(49));
    }

    [Test]
    public async Task CompactAsync_ManyWrites_LeavesOneRowPerKeyAndShrinksTheFile()
    {
        await using var store = await SqliteStore.OpenAsync(Options, _clock);
        var value = new string('x', 8000);
        var kept = (await store.CreateAsync("/a/kept")).Revision;
        var items = await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => store.CreateAsync($"/a/{i}", value)));
        await Task.WhenAll(items.Select((item, i) => store.DeleteAsync($"/a/{i}", item.Revision, CancellationToken.None)));
        var revision = (await store.ListAsync("/a/")).Revision;

        await store.CompactAsync(revision, CancellationToken.None);

        await Eventually.Equal(1L, () => Number("SELECT count(*) FROM log"), "rows of the log");
        Assert.That(Number("SELECT count(*) FROM objects"), Is.EqualTo(1));
        Assert.That((await store.ListAsync("/a/", revision)).Items.Single().Revision, Is.EqualTo(kept));
        await Eventually.True(() => Number("PRAGMA page_count") < 2000, "pages given back", lastSeen: () => $"{Number("PRAGMA page_count")}");
        Assert.That((await store.CreateAsync("/a/next")).Revision, Is.EqualTo(revision + 1));
    }

    [Test]
    public async Task WatchAsync_WritesFromBeforeAReopening_AreReadFromTheFile()
    {
        var store = await SqliteStore.OpenAsync(Options, _clock);
        for (var i = 0; i < 2500; i += 50)
        {
            await Task.WhenAll(Enumerable.Range(i, 50).Select(n => store.CreateAsync($"/a/{n}")));
        }

        await store.DisposeAsync();
        await using var again = await SqliteStore.OpenAsync(Options, _clock);

        var events = await again.EventsAsync(1);

        Assert.That(events.Select(e => e.Revision), Is.EqualTo(Enumerable.Range(2, 2500)));
    }

    [Test]
    public async Task CreateAsync_ManyExpireAtOnce_AllGo()
    {
        await using var store = await SqliteStore.OpenAsync(Options, _clock);
        await Task.WhenAll(Enumerable.Range(0, 1000)
            .Select(i => store.CreateAsync($"/a/{i}", "v"u8.ToArray(), TimeSpan.FromSeconds(30), CancellationToken.None)));

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.That((await store.ListAsync("/a/")).Items, Has.Count.EqualTo(1000));
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.Equal(0, async () => (await store.ListAsync("/a/")).Items.Count, "keys that remain");
    }

    private static async Task<bool> IsCompactedAsync(IStorage store, long revision)
    {
        try
        {
            await store.ListAsync("/", revision);
            return false;
        }
        catch (RevisionCompactedException)
        {
            return true;
        }
    }

    private long Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Options.Path};Pooling=False;Mode=ReadWrite");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
