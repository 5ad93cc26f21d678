using Microsoft.Data.Sqlite;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>One connection for reading, with what is read on it. Used by one thread at a time.</summary>
internal sealed class ReadConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _end;
    private readonly Statement _get;
    private readonly Statement _revision;
    private readonly Statement _compactRevision;
    private readonly Statement _newest;
    private readonly Statement _countNewest;
    private readonly Statement _keys;
    private readonly Statement _row;
    private readonly Statement _value;
    private readonly Statement _events;

    internal ReadConnection(string path)
    {
        _connection = SqliteFile.OpenForReading(path);
        _begin = new(_connection, "BEGIN");
        _end = new(_connection, "COMMIT");
        _get = new(
            _connection,
            "SELECT log.value, log.rev FROM objects CROSS JOIN log ON log.rev = objects.rev WHERE objects.key = $0 AND objects.live = 1",
            1);
        _revision = new(_connection, "SELECT max(ifnull((SELECT max(rev) FROM log), 0), (SELECT compact_rev FROM state))");
        _compactRevision = new(_connection, "SELECT compact_rev FROM state");
        _newest = new(
            _connection,
            """
            SELECT objects.key, objects.rev, log.value FROM objects CROSS JOIN log ON log.rev = objects.rev
            WHERE objects.key >= $0 AND objects.key < $1 AND objects.live = 1 ORDER BY objects.key LIMIT $2
            """,
            3);
        _countNewest = new(_connection, "SELECT count(*) FROM objects WHERE key > $0 AND key < $1 AND live = 1", 2);
        _keys = new(_connection, "SELECT key, rev, live FROM objects WHERE key >= $0 AND key < $1 ORDER BY key", 2);
        _row = new(_connection, "SELECT prev, live FROM log WHERE rev = $0", 1);
        _value = new(_connection, "SELECT value FROM log WHERE rev = $0", 1);
        _events = new(
            _connection,
            """
            SELECT now.rev, now.key, now.live, now.value, before.rev, before.live, before.value
            FROM log AS now LEFT JOIN log AS before ON before.rev = now.prev
            WHERE now.rev > $0 AND now.key >= $1 AND now.key < $2 ORDER BY now.rev LIMIT $3
            """,
            4);
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_begin, _end, _get, _revision, _compactRevision, _newest, _countNewest, _keys, _row, _value,
            _events])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    internal StoredValue? Get(string key)
    {
        using var reader = _get.Query(key);
        return reader.Read() ? new StoredValue(key, reader.GetFieldValue<byte[]>(0), reader.GetInt64(1)) : null;
    }

    internal StoragePage List(string prefix, StorageListOptions options, CancellationToken cancellationToken) => InSnapshot(() =>
    {
        var start = StorageKeys.StartOf(prefix, options);
        var end = StorageKeys.EndOf(prefix);
        var current = CurrentRevision();
        var revision = options.Revision == 0 ? current : options.Revision;
        if (revision > current)
        {
            throw new RevisionTooLargeException(revision, current);
        }

        CheckKept(revision);
        return revision == current
            ? ListNewest(start, end, options.Limit, revision, cancellationToken)
            : ListOld(start, end, options.Limit, revision, cancellationToken);
    });

    /// <summary>Events after a revision, as many as fit a batch.</summary>
    internal StorageEventBatch Events(string prefix, long afterRevision, int countLimit, long bytesLimit) => InSnapshot(() =>
    {
        CheckKept(afterRevision);
        List<StorageEvent> events = [];
        var bytes = 0L;
        using (var reader = _events.Query(afterRevision, prefix, StorageKeys.EndOf(prefix), (long)countLimit))
        {
            while (bytes < bytesLimit && reader.Read())
            {
                events.Add(ReadEvent(reader));
                bytes += (events[^1].Value?.Value.Length ?? 0) + (events[^1].Previous?.Value.Length ?? 0);
            }
        }

        var complete = events.Count < countLimit && bytes < bytesLimit;
        return new StorageEventBatch(events, complete ? CurrentRevision() : events[^1].Revision);
    });

    /// <summary>Copies the database as of now into another file.</summary>
    internal void BackUp(string path, CancellationToken cancellationToken) => InSnapshot(() =>
    {
        CurrentRevision();
        SqliteFile.MakePrivate(path);
        using var target = SqliteFile.Connect(path, SqliteOpenMode.ReadWriteCreate);
        SqliteBackup.Copy(_connection, target, cancellationToken);
        SqliteFile.Run(target, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; UPDATE state SET restored = 1");
        return true;
    });

    private static StorageEvent ReadEvent(SqliteDataReader reader)
    {
        var revision = reader.GetInt64(0);
        var key = reader.GetString(1);
        var value = reader.GetBoolean(2) ? new StoredValue(key, reader.GetFieldValue<byte[]>(3), revision) : null;
        var previous = !reader.IsDBNull(4) && reader.GetBoolean(5)
            ? new StoredValue(key, reader.GetFieldValue<byte[]>(6), reader.GetInt64(4))
            : null;
        return new StorageEvent(key, revision, value, previous);
    }

    private T InSnapshot<T>(Func<T> read)
    {
        _begin.Execute();
        try
        {
            return read();
        }
        finally
        {
            _end.Execute();
        }
    }

    private long CurrentRevision() => _revision.Number() ?? 0;

    private void CheckKept(long revision)
    {
        var oldest = _compactRevision.Number() ?? 0;
        if (revision < oldest)
        {
            throw new RevisionCompactedException(revision, oldest);
        }
    }

    private StoragePage ListNewest(string start, string end, int limit, long revision, CancellationToken cancellationToken)
    {
        List<StoredValue> items = [];
        using (var reader = _newest.Query(start, end, limit == 0 ? -1L : limit))
        {
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var key = reader.GetString(0);
                items.Add(new StoredValue(key, reader.GetFieldValue<byte[]>(2), reader.GetInt64(1)));
            }
        }

        var remaining = limit == 0 || items.Count < limit ? 0 : _countNewest.Number(items[^1].Key, end) ?? 0;
        return new StoragePage(items, revision, remaining > 0, remaining);
    }

    private StoragePage ListOld(string start, string end, int limit, long revision, CancellationToken cancellationToken)
    {
        List<StoredValue> items = [];
        var remaining = 0L;
        using var reader = _keys.Query(start, end);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = RowAt(revision, reader.GetInt64(1), reader.GetBoolean(2));
            if (row != 0 && (limit == 0 || items.Count < limit))
            {
                items.Add(new StoredValue(reader.GetString(0), ValueOf(row), row));
            }
            else if (row != 0)
            {
                remaining++;
            }
        }

        return new StoragePage(items, revision, remaining > 0, remaining);
    }

    /// <summary>The row that held a key's value at a revision, found from its newest row; 0 when there was no value.</summary>
    private long RowAt(long revision, long row, bool live)
    {
        while (row > revision)
        {
            (row, live) = PreviousOf(row);
        }

        return live ? row : 0;
    }

    private (long Row, bool Live) PreviousOf(long row)
    {
        var previous = _row.Number(row) ?? 0;
        using var reader = _row.Query(previous);
        return reader.Read() ? (previous, reader.GetBoolean(1)) : (0, false);
    }

    private byte[] ValueOf(long row)
    {
        using var reader = _value.Query(row);
        return reader.Read()
            ? reader.GetFieldValue<byte[]>(0)
            : throw new StorageUnavailableException($"the file of the store is damaged: no row of revision {row}");
    }
}
