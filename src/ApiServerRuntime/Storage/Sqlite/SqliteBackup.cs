using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>Copies a store page by page while its server goes on writing to it, in this process or another.</summary>
public static class SqliteBackup
{
    private const int PagesPerStep = 1024;

    /// <summary>
    /// Writes a copy of a store as of now to a new file. The copy is opened like any store; it then goes on at far higher revisions and without
    /// history, so that clients that saw later writes than it holds list anew and none misses a change.
    /// </summary>
    /// <param name="database">The store's file; a server may have it open.</param>
    /// <param name="path">The file to make. It appears only when it is whole and on the disk.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind.</param>
    /// <exception cref="IOException">The file exists already, or cannot be made; or there is no store.</exception>
    /// <exception cref="SqliteStorageOpenException">The store is another program's, or of a newer version.</exception>
    public static Task CopyAsync(string database, string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(database))
        {
            throw new FileNotFoundException($"there is no store at {database}", database);
        }

        if (File.Exists(path))
        {
            throw new IOException($"{path} exists already");
        }

        return Task.Run(() => Copy(database, path, cancellationToken), cancellationToken);
    }

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

    private static void Copy(string database, string path, CancellationToken cancellationToken)
    {
        var partial = path + ".partial";
        File.Delete(partial);
        try
        {
            using (var identity = SqliteFile.OpenForReading(database))
            {
                SqliteFile.CheckIdentity(identity, database);
            }

            using (var connection = new ReadConnection(database))
            {
                connection.BackUp(partial, cancellationToken);
            }

            File.Move(partial, path, overwrite: false);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteErrors.NotADatabase)
        {
            throw new SqliteStorageOpenException($"{database} is not a database of this server", e);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
