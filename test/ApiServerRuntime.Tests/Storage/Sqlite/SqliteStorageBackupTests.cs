using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.TestSupport.IO;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;

[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class SqliteStorageBackupTests
{
    private TempFolder _folder = null!;
    private SqliteStorage _store = null!;

    private string Backup => _folder.Combine("backup.db");

    [SetUp]
    public async Task OpenStoreAsync()
    {
        _folder = new TempFolder();
        _store = await SqliteStore.OpenAsync(_folder.Combine("store.db"));
    }

    [TearDown]
    public async Task CloseStoreAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task BackupAsync_WhileWriting_HoldsOneMomentOfTheStore()
    {
        var value = new string('x', 5000);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => _store.CreateAsync($"/a/{i:0000}", value)));

        var backup = _store.BackupAsync(Backup, CancellationToken.None);
        var written = 300;
        while (!backup.IsCompleted)
        {
            await _store.CreateAsync($"/a/{written++:0000}", value);
        }

        await backup;
        await using var restored = await SqliteStore.OpenAsync(Backup);
        var items = (await restored.ListAsync("/a/")).Items;
        Assert.That(items.Select(item => item.Key), Is.EqualTo(Enumerable.Range(0, items.Count).Select(i => $"/a/{i:0000}")));
        Assert.That(items, Has.Count.InRange(300, written));
        Assert.That(items.Select(item => item.Text()), Is.All.EqualTo(value));
        Assert.That(Directory.GetFiles(_folder.Path).Select(Path.GetFileName), Has.None.Contains("partial"));
    }

    [Test]
    public async Task OpenAsync_Backup_GoesOnAtHigherRevisionsWithoutHistory()
    {
        await _store.CreateAsync("/a/1", "one");
        await _store.BackupAsync(Backup, CancellationToken.None);
        var later = await _store.CreateAsync("/a/2");

        await using var restored = await SqliteStore.OpenAsync(Backup);
        var next = await restored.CreateAsync("/a/3");

        Assert.That(next.Revision, Is.GreaterThan(later.Revision));
        await SqliteStore.CatchAsync<RevisionCompactedException>(() => restored.EventsAsync(later.Revision));
        Assert.That((await restored.ListAsync("/a/")).Items.Select(item => item.Text()), Is.EqualTo(["one", "v"]));
    }

    [Test]
    public async Task OpenAsync_BackupTwice_JumpsOnce()
    {
        await _store.CreateAsync("/a/1");
        await _store.BackupAsync(Backup, CancellationToken.None);
        var restored = await SqliteStore.OpenAsync(Backup);
        var revision = (await restored.CreateAsync("/a/2")).Revision;
        await restored.DisposeAsync();

        await using var again = await SqliteStore.OpenAsync(Backup);

        Assert.That((await again.CreateAsync("/a/3")).Revision, Is.EqualTo(revision + 1));
    }

    [Test]
    public async Task BackupAsync_FileExists_IsRefused()
    {
        await File.WriteAllTextAsync(Backup, "precious");

        await SqliteStore.CatchAsync<IOException>(() => _store.BackupAsync(Backup, CancellationToken.None));

        Assert.That(await File.ReadAllTextAsync(Backup), Is.EqualTo("precious"));
    }

    [Test]
    public async Task BackupAsync_FolderMissing_FailsAndLeavesNothing()
    {
        await SqliteStore.CatchAsync<IOException>(
            () => _store.BackupAsync(_folder.Combine("missing/backup.db"), CancellationToken.None));

        Assert.That(Directory.GetFiles(_folder.Path).Select(Path.GetFileName), Has.None.Contains("backup"));
    }
}
