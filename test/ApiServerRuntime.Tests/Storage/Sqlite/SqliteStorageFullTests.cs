using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;

[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class SqliteStorageFullTests
{
    private static readonly string Value = new('x', 20_000);

    [Test]
    public async Task Write_FileSystemIsFull_FailsWhileReadsGoOnAndRecoversWithRoom()
    {
        using var folder = new TempFolder();
        var disk = folder.Combine("disk");
        Directory.CreateDirectory(disk);
        if (!await MountAsync("-t", "tmpfs", "-o", "size=6m", "tmpfs", disk))
        {
            Assert.Ignore("a bounded file system can only be mounted by root");
        }

        try
        {
            var path = Path.Combine(disk, "store.db");
            var written = await FillAsync(path, async () => Assert.That(await MountAsync("-o", "remount,size=30m", disk), Is.True));
            await using var again = await SqliteStore.OpenAsync(path);
            Assert.That((await again.ListAsync("/a/")).Items.Select(item => item.Key), Is.EqualTo(written));
            Assert.That((await again.ListAsync("/a/")).Items.Select(item => item.Text()), Is.All.EqualTo(Value));
        }
        finally
        {
            await ProcessRunner.RunAsync("umount", [disk]);
        }
    }

    [Test]
    public async Task Write_NoPagesLeft_FailsWhileReadsGoOn()
    {
        using var folder = new TempFolder();
        await using var store = await SqliteStore.OpenAsync(new SqliteStorageOptions { Path = folder.Combine("store.db"), PageLimit = 200 });

        var written = await WriteUntilFullAsync(store, 0);

        Assert.That((await store.ListAsync("/a/")).Items.Select(item => item.Key), Is.EqualTo(written));
        Assert.That((await store.EventsAsync(1)).Select(e => e.Key), Is.EqualTo(written));
        Assert.That((await store.ListAsync("/a/")).Revision, Is.EqualTo(written.Count + 1), "failed writes take no revision");
    }

    [Test]
    public async Task Write_SizeLimitReached_OnlyDeletesAreTakenUntilThereIsRoom()
    {
        using var folder = new TempFolder();
        await using var store = await SqliteStore.OpenAsync(new SqliteStorageOptions { Path = folder.Combine("store.db"), SizeLimit = 1 << 20 });
        var written = await WriteUntilFullAsync(store, 0);
        var items = (await store.ListAsync("/a/")).Items;

        await SqliteStore.CatchAsync<StorageFullException>(() => store.UpdateAsync(written[0], items[0].Revision, "small"));
        foreach (var item in items)
        {
            Assert.That((await store.DeleteAsync(item.Key, item.Revision, CancellationToken.None)).Succeeded, Is.True);
        }

        await store.CompactAsync((await store.ListAsync("/a/")).Revision, CancellationToken.None);
        await Eventually.Passes(() => store.CreateAsync($"/b/{Guid.NewGuid():N}"), "room after compaction");
    }

    private static async Task<List<string>> FillAsync(string path, Func<Task> makeRoom)
    {
        await using var store = await SqliteStore.OpenAsync(path);
        var written = await WriteUntilFullAsync(store, 0);
        Assert.That(written, Has.Count.GreaterThan(20));
        Assert.That((await store.ListAsync("/a/")).Items.Select(item => item.Key), Is.EqualTo(written));
        await SqliteStore.CatchAsync<StorageFullException>(() => store.CreateAsync("/a/never", Value));

        await makeRoom();
        await store.CreateAsync("/a/room");

        Assert.That((await store.GetAsync("/a/room", CancellationToken.None))?.Text(), Is.EqualTo("v"));
        await store.DeleteAsync("/a/room", (await store.GetAsync("/a/room", CancellationToken.None))!.Revision, CancellationToken.None);
        return written;
    }

    private static async Task<List<string>> WriteUntilFullAsync(IStorage store, int first)
    {
        List<string> written = [];
        try
        {
            for (var i = first; i < 10_000; i++)
            {
                await store.CreateAsync($"/a/{i:00000}", Value);
                written.Add($"/a/{i:00000}");
            }
        }
        catch (StorageFullException)
        {
            return written;
        }

        throw new AssertionException("it was never full");
    }

    private static async Task<bool> MountAsync(params string[] arguments)
    {
        try
        {
            return (await ProcessRunner.RunAsync("mount", arguments)).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
