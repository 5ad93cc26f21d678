using System.CommandLine;
using System.Diagnostics.Metrics;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.FederationApiServer.Hosting;
using KubeFed.FederationApiServer.Options;
using KubeFed.TestSupport.IO;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationApiServer.Tests.Hosting;

[TestFixture]
public sealed class BackupCommandTests
{
    [Test]
    public async Task Backup_OfAStoreInUse_CopiesWhatWasWritten()
    {
        using var folder = new TempFolder();
        await using var store = await OpenAsync(Path.Combine(folder.Path, StorageOptions.DatabaseName));
        await store.CreateAsync("/a/b", "value"u8.ToArray(), null, CancellationToken.None);
        var copy = Path.Combine(folder.Path, "copy.db");

        var (code, output, error) = await RunAsync("--data-dir", folder.Path, copy);

        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(output, Does.StartWith($"{copy}: ").And.Contains("bytes, a copy of"));
        await using var restored = await OpenAsync(copy);
        Assert.That((await restored.GetAsync("/a/b", CancellationToken.None))?.Value.ToArray(), Is.EqualTo("value"u8.ToArray()));
    }

    [Test]
    public async Task Backup_WithoutAStore_SaysWhere()
    {
        using var folder = new TempFolder();

        var (code, _, error) = await RunAsync("--data-dir", folder.Path, Path.Combine(folder.Path, "copy.db"));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain($"there is no store at {Path.Combine(folder.Path, StorageOptions.DatabaseName)}"));
    }

    [Test]
    public async Task Backup_OntoAFileThatExists_LeavesIt()
    {
        using var folder = new TempFolder();
        await using var store = await OpenAsync(Path.Combine(folder.Path, StorageOptions.DatabaseName));
        var copy = Path.Combine(folder.Path, "copy.db");
        await File.WriteAllTextAsync(copy, "mine");

        var (code, _, error) = await RunAsync("--data-dir", folder.Path, copy);

        Assert.That((code, await File.ReadAllTextAsync(copy)), Is.EqualTo((1, "mine")));
        Assert.That(error, Does.Contain("exists already"));
    }

    [Test]
    public async Task Backup_OfAnotherProgramsFile_IsRefused()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, StorageOptions.DatabaseName), new string('x', 10_000));
        var copy = Path.Combine(folder.Path, "copy.db");

        var (code, _, error) = await RunAsync("--data-dir", folder.Path, copy);

        Assert.That((code, File.Exists(copy)), Is.EqualTo((1, false)), error);
    }

    private static async Task<SqliteStorage> OpenAsync(string path)
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return await SqliteStorage.OpenAsync(
            new SqliteStorageOptions { Path = path }, TimeProvider.System, new SqliteStorageMetrics(meters), NullLogger<SqliteStorage>.Instance, CancellationToken.None);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ApiServerCommand.Build().Parse(["backup", .. arguments]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
