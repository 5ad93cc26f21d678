using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Memory;
using KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Memory;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class MemoryStorageLimitTests
{
    [Test]
    public async Task History_LongerThanTheLimit_IsCompactedForListsAndWatchesAlike()
    {
        await using var store = new MemoryStorage(new FakeTimeProvider(), new MemoryStorageOptions { HistoryLimit = 10 });
        for (var i = 2; i <= 30; i++)
        {
            await store.CreateAsync($"/a/{i:00}");
        }

        var error = await SqliteStore.CatchAsync<RevisionCompactedException>(() => store.ListAsync("/a/", 19));
        await SqliteStore.CatchAsync<RevisionCompactedException>(() => store.EventsAsync(19));

        Assert.That(error.Oldest, Is.EqualTo(20));
        Assert.That((await store.ListAsync("/a/", 20)).Items, Has.Count.EqualTo(19));
        Assert.That(await store.EventsAsync(20), Has.Count.EqualTo(10));
    }

    [Test]
    public void Constructor_NoHistory_IsRefused() => Assert.That(
        () => new MemoryStorage(TimeProvider.System, new MemoryStorageOptions { HistoryLimit = 0 }),
        Throws.InstanceOf<ArgumentOutOfRangeException>());
}
