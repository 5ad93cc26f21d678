using Microsoft.Data.Sqlite;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>
/// The database file: who may open it, what must be in it. Every value is written once, into <c>log</c>; <c>objects</c> says which row is
/// a key's newest, removed keys included until their history goes. <c>prev</c> chains the rows of a key from newer to older.
/// </summary>
internal static class SqliteFile
{
    private const int ApplicationId = 0x4B464453;
    private const int Version = 1;
    private const long QuickCheckLimit = 64 << 20;
    private const long RestoreGap = 1_000_000_000;
    private const int TailLength = 1000;

    private const string Schema = """
        PRAGMA page_size = 8192;
        PRAGMA auto_vacuum = INCREMENTAL;
        PRAGMA journal_mode = DELETE;
        BEGIN IMMEDIATE;
        CREATE TABLE log (
          rev INTEGER PRIMARY KEY,
          key TEXT NOT NULL,
          prev INTEGER NOT NULL,
          live INTEGER NOT NULL,
          value BLOB);
        CREATE TABLE objects (
          key TEXT PRIMARY KEY,
          rev INTEGER NOT NULL,
          live INTEGER NOT NULL,
          expires INTEGER) WITHOUT ROWID;
        CREATE INDEX objects_expires ON objects (expires) WHERE expires IS NOT NULL;
        CREATE TABLE state (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          compact_rev INTEGER NOT NULL,
          cleaned_rev INTEGER NOT NULL,
          restored INTEGER NOT NULL);
        INSERT INTO state VALUES (1, 1, 1, 0);
        PRAGMA application_id = 0x4B464453;
        PRAGMA user_version = 1;
        COMMIT;
        """;

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Keeps other processes out, for as long as what it returns is open.</summary>
    internal static FileStream Lock(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return OpenPrivate(path + ".lock", FileMode.OpenOrCreate);
        }
        catch (IOException e)
        {
            throw new SqliteStorageOpenException($"{path} is in use by another process, or its folder cannot be written", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new SqliteStorageOpenException($"{path} cannot be written by this user", e);
        }
    }

    /// <summary>Opens the file for the writer, making its tables when it is new.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recovered">Whether the last process that had it open did not close it.</param>
    internal static SqliteConnection OpenForWriting(string path, out bool recovered)
    {
        var wal = new FileInfo(path + "-wal");
        recovered = wal.Exists && wal.Length > 0;
        SqliteConnection? connection = null;
        try
        {
            MakePrivate(path);
            connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
            Prepare(connection, path);
            if (recovered)
            {
                Check(connection, path);
            }

            return connection;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw new SqliteStorageOpenException($"{path} cannot be made: {e.Message}", e);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw new SqliteStorageOpenException(
                e.SqliteErrorCode is SqliteErrors.NotADatabase
                    ? $"{path} is not a database of this server"
                    : $"{path} cannot be opened: {e.Message}",
                e);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes the file when it does not exist, for its owner's eyes only, since it holds secrets. The files that SQLite puts beside it take
    /// over its permissions.
    /// </summary>
    internal static void MakePrivate(string path)
    {
        if (!File.Exists(path))
        {
            OpenPrivate(path, FileMode.CreateNew).Dispose();
        }
    }

    /// <summary>Refuses what is another program's, or of another version than this program's.</summary>
    internal static void CheckIdentity(SqliteConnection connection, string path)
    {
        if (Number(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new SqliteStorageOpenException($"{path} is a database of another program");
        }

        var version = Number(connection, "PRAGMA user_version");
        if (version != Version)
        {
            throw new SqliteStorageOpenException($"{path} is of version {version}, this program knows version {Version}");
        }
    }

    internal static SqliteConnection OpenForReading(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWrite);
        Run(connection, "PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA busy_timeout = 5000");
        return connection;
    }

    /// <summary>
    /// When the file was made by a backup: has its revisions go on far above any that the store had given out since, and its history begin
    /// there.
    /// </summary>
    /// <returns>The revision to go on from; null when the file is not a backup.</returns>
    internal static long? GoOnFromBackup(SqliteConnection connection)
    {
        if (Number(connection, "SELECT restored FROM state") == 0)
        {
            return null;
        }

        Run(
            connection,
            $"""
            UPDATE state SET restored = 0,
              compact_rev = max(compact_rev, ifnull((SELECT max(rev) FROM log), 0)) + {RestoreGap}
            """);
        return Number(connection, "SELECT compact_rev FROM state");
    }

    internal static void LimitPages(SqliteConnection connection, long pages)
    {
        if (pages > 0)
        {
            Run(connection, $"PRAGMA max_page_count = {pages}");
        }
    }

    internal static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 5 };
        var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        return connection;
    }

    internal static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long? ?? 0;
    }

    private static FileStream OpenPrivate(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        var application = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        if (application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            Run(connection, Schema);
        }
        else
        {
            CheckIdentity(connection, path);
        }

        Run(
            connection,
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA busy_timeout = 200;
            PRAGMA cache_size = -8192;
            PRAGMA temp_store = MEMORY;
            """);
    }

    /// <summary>
    /// After a crash: a check of every page where that is quick, and always that the newest writes are in both tables and without a gap.
    /// </summary>
    private static void Check(SqliteConnection connection, string path)
    {
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (new FileInfo(path).Length <= QuickCheckLimit && check.ExecuteScalar() is not "ok")
        {
            throw new SqliteStorageOpenException($"{path} is damaged; restore a backup");
        }

        var wrong = Number(
            connection,
            $"""
            WITH tail AS (SELECT rev, key FROM log ORDER BY rev DESC LIMIT {TailLength})
            SELECT (SELECT count(*) FROM tail LEFT JOIN objects USING (key) WHERE objects.rev IS NULL OR objects.rev < tail.rev)
              + (SELECT count(*) FROM tail, state WHERE tail.rev > state.compact_rev + 1
                 AND NOT EXISTS (SELECT 1 FROM log WHERE log.rev = tail.rev - 1))
            """);
        if (wrong != 0)
        {
            throw new SqliteStorageOpenException($"{path} is damaged: {wrong} of its newest writes do not fit together; restore a backup");
        }
    }
}
