using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.ApiServerRuntime.Storage.Memory;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Telemetry;
using KubeFed.FederationApiServer.Options;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>Opens the storage that the flags name.</summary>
internal static class StorageOpening
{
    /// <exception cref="ComponentStartException">It cannot be opened; the message says why and what to do.</exception>
    public static async Task<IStorage> OpenAsync(StorageOptions options, ComponentTelemetry telemetry, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        switch (options.Backend)
        {
            case StorageBackend.Memory:
                return new MemoryStorage(TimeProvider.System);
            case StorageBackend.Etcd:
                return new EtcdStorage(options.Etcd, TimeProvider.System, loggers.CreateLogger<EtcdStorage>());
            default:
                return await OpenFileAsync(options, telemetry, loggers, cancellationToken);
        }
    }

    private static async Task<IStorage> OpenFileAsync(StorageOptions options, ComponentTelemetry telemetry, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var sqlite = new SqliteStorageOptions { Path = options.DatabaseFile, HistoryWindow = options.HistoryWindow };
        try
        {
            return await SqliteStorage.OpenAsync(sqlite, TimeProvider.System, new SqliteStorageMetrics(telemetry.Meters), loggers.CreateLogger<SqliteStorage>(), cancellationToken);
        }
        catch (Exception e) when (e is SqliteStorageOpenException or IOException or UnauthorizedAccessException)
        {
            throw new ComponentStartException($"the database {options.DatabaseFile} cannot be opened: {e.Message}", e);
        }
    }
}
