using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>Copies a database page by page while others go on writing to it.</summary>
internal static class SqliteBackup
{
    private const int PagesPerStep = 1024;

    /// <summary>Copies what the source's transaction sees.</summary>
    internal static void Copy(SqliteConnection source, SqliteConnection target, CancellationToken cancellationToken)
    {
        using var backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        if (backup is null || backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(target.Handle), target.Handle);
        }

        int result;
        while ((result = raw.sqlite3_backup_step(backup, PagesPerStep)) == raw.SQLITE_OK)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, target.Handle);
        }
    }
}
