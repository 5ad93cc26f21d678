using Microsoft.Data.Sqlite;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>What SQLite's result codes mean for a caller of the store.</summary>
internal static class SqliteErrors
{
    internal const int Corrupt = 11;
    internal const int Full = 13;
    internal const int NotADatabase = 26;

    internal static Exception Translate(SqliteException e) => e.SqliteErrorCode switch
    {
        Full => new StorageFullException("the disk of the store, or its share of it, is full", e),
        Corrupt or NotADatabase => new StorageUnavailableException("the file of the store is damaged; restore a backup", e),
        _ => new StorageUnavailableException($"the store failed: {e.Message}", e),
    };
}
