using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

internal static partial class SqliteStorageLog
{
    [LoggerMessage(5200, LogLevel.Information, "The store {File} is open at revision {Revision}, history from {Oldest}")]
    internal static partial void Opened(this ILogger logger, string file, long revision, long oldest);

    [LoggerMessage(5201, LogLevel.Information, "The store {File} was not closed properly; its write-ahead log was replayed and checked")]
    internal static partial void Recovered(this ILogger logger, string file);

    [LoggerMessage(5202, LogLevel.Warning, "The store {File} comes from a backup; its revisions go on from {Revision}, clients list anew")]
    internal static partial void Restored(this ILogger logger, string file, long revision);

    [LoggerMessage(5203, LogLevel.Error, "A transaction of {Writes} writes failed; reads go on")]
    internal static partial void CommitFailed(this ILogger logger, Exception exception, int writes);

    [LoggerMessage(5204, LogLevel.Warning, "A checkpoint failed and will be tried again")]
    internal static partial void CheckpointFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5205, LogLevel.Debug, "History up to revision {Revision} is no longer kept")]
    internal static partial void Compacting(this ILogger logger, long revision);

    [LoggerMessage(5206, LogLevel.Information, "The store was backed up to {File}")]
    internal static partial void BackedUp(this ILogger logger, string file);
}
