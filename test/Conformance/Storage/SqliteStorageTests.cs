using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.TestSupport.IO;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.Conformance.Storage;

/// <summary><see cref="SqliteStorage"/> under the storage contract.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class SqliteStorageTests : StorageContract
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private TempFolder _folder = null!;

    private protected override bool Persists => true;

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [OneTimeTearDown]
    public void DisposeServices() => _services.Dispose();

    private protected override Task<IStorage> OpenAsync()
    {
        _folder = new TempFolder();
        return OpenAgainAsync();
    }

    private protected override async Task<IStorage> OpenAgainAsync() => await SqliteStorage.OpenAsync(
        new SqliteStorageOptions { Path = _folder.Combine("store.db") },
        Clock,
        ActivatorUtilities.CreateInstance<SqliteStorageMetrics>(_services),
        NullLogger<SqliteStorage>.Instance,
        CancellationToken.None);
}
