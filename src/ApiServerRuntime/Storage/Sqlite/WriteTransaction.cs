using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>What the writer does to the database, one transaction after the other. Used by the writer's thread alone.</summary>
internal sealed class WriteTransaction : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly long _sizeLimit;
    private readonly long _pageSize;
    private readonly List<StorageEvent> _events = [];
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _find;
    private readonly Statement _value;
    private readonly Statement _append;
    private readonly Statement _point;
    private readonly Statement _due;
    private readonly Statement _nextDue;
    private readonly Statement _compact;
    private readonly Statement _pages;
    private readonly Statement _freePages;
    private long _committedRevision;
    private long _committedCompaction;
    private bool? _hasRoom;
    private bool _expirationsChanged = true;

    internal WriteTransaction(SqliteConnection connection, SqliteStorageOptions options, TimeProvider time)
    {
        _connection = connection;
        _time = time;
        _sizeLimit = options.SizeLimit;
        _pageSize = SqliteFile.Number(connection, "PRAGMA page_size");
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _rollback = new(connection, "ROLLBACK");
        _find = new(connection, "SELECT rev, live FROM objects WHERE key = $0", 1);
        _value = new(connection, "SELECT value FROM log WHERE rev = $0", 1);
        _append = new(connection, "INSERT INTO log (rev, key, prev, live, value) VALUES ($0, $1, $2, $3, $4)", 5);
        _point = new(connection, "REPLACE INTO objects (key, rev, live, expires) VALUES ($0, $1, $2, $3)", 4);
        _due = new(connection, "SELECT key, rev FROM objects WHERE expires <= $0 ORDER BY expires LIMIT $1", 2);
        _nextDue = new(connection, "SELECT min(expires) FROM objects WHERE expires IS NOT NULL");
        _compact = new(connection, "UPDATE state SET compact_rev = $0", 1);
        _pages = new(connection, "PRAGMA page_count");
        _freePages = new(connection, "PRAGMA freelist_count");
        CompactRevision = _committedCompaction = SqliteFile.Number(connection, "SELECT compact_rev FROM state");
        Revision = _committedRevision = Math.Max(CompactRevision, SqliteFile.Number(connection, "SELECT max(rev) FROM log"));
    }

    /// <summary>The newest revision, those of this transaction included.</summary>
    internal long Revision { get; private set; }

    /// <summary>The oldest revision that can be asked for.</summary>
    internal long CompactRevision { get; private set; }

    /// <summary>What this transaction wrote.</summary>
    internal ReadOnlySpan<StorageEvent> Events => CollectionsMarshal.AsSpan(_events);

    /// <summary>When the next key is to be removed; to be asked for outside of a transaction.</summary>
    internal DateTimeOffset? NextExpiration { get; private set; }

    /// <summary>Whether the size limit allows this transaction to add values.</summary>
    internal bool HasRoom =>
        _hasRoom ??= _sizeLimit == 0 || (_pages.Number() - _freePages.Number()) * _pageSize < _sizeLimit;

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_begin, _commit, _rollback, _find, _value, _append, _point, _due, _nextDue, _compact, _pages,
            _freePages])
        {
            statement.Dispose();
        }
    }

    internal void Begin()
    {
        _events.Clear();
        _hasRoom = null;
        EndFailed();
        _begin.Execute();
    }

    internal void Commit()
    {
        if (_expirationsChanged)
        {
            NextExpiration = _nextDue.Number() is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;
        }

        _commit.Execute();
        _expirationsChanged = false;
        _committedRevision = Revision;
        _committedCompaction = CompactRevision;
    }

    /// <summary>Undoes what was done since <see cref="Begin"/>, as far as SQLite has not done so already.</summary>
    internal void Rollback()
    {
        Revision = _committedRevision;
        CompactRevision = _committedCompaction;
        _events.Clear();
        _expirationsChanged = true;
        EndFailed();
    }

    internal StorageWriteResult Write(string key, long expectedRevision, ReadOnlyMemory<byte>? value, TimeSpan? timeToLive)
    {
        var (revision, live) = Find(key);
        var current = live ? new StoredValue(key, ValueOf(revision), revision) : null;
        return (current?.Revision ?? 0) == expectedRevision
            ? StorageWriteResult.Done(Apply(key, revision, current, value, timeToLive))
            : StorageWriteResult.Refused(Revision, current);
    }

    internal void Compact(long revision)
    {
        if (revision > CompactRevision)
        {
            _compact.Execute(revision);
            CompactRevision = revision;
        }
    }

    /// <summary>Removes keys whose time has passed.</summary>
    /// <returns>Whether there may be more of them.</returns>
    internal bool Expire(int limit)
    {
        List<(string Key, long Revision)> due = [];
        using (var reader = _due.Query(_time.GetUtcNow().ToUnixTimeMilliseconds(), limit))
        {
            while (reader.Read())
            {
                due.Add((reader.GetString(0), reader.GetInt64(1)));
            }
        }

        due.ForEach(entry => Write(entry.Key, entry.Revision, null, null));
        _expirationsChanged = true;
        return due.Count == limit;
    }

    private static byte[] ToArray(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : value.ToArray();

    private void EndFailed()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _rollback.Execute();
        }
    }

    private (long Revision, bool Live) Find(string key)
    {
        using var reader = _find.Query(key);
        return reader.Read() ? (reader.GetInt64(0), reader.GetBoolean(1)) : (0, false);
    }

    private byte[] ValueOf(long revision)
    {
        using var reader = _value.Query(revision);
        return reader.Read()
            ? reader.GetFieldValue<byte[]>(0)
            : throw new StorageUnavailableException($"the file of the store is damaged: no row of revision {revision}");
    }

    private long Apply(string key, long previousRow, StoredValue? current, ReadOnlyMemory<byte>? value, TimeSpan? timeToLive)
    {
        var revision = Revision + 1;
        var live = value is null ? 0L : 1L;
        object expires = timeToLive is { } time ? ExpirationOf(time) : DBNull.Value;
        _append.Execute(revision, key, previousRow, live, value is { } bytes ? ToArray(bytes) : DBNull.Value);
        _point.Execute(key, revision, live, expires);
        _expirationsChanged |= timeToLive is not null;
        Revision = revision;
        _events.Add(new StorageEvent(key, revision, value is { } kept ? new StoredValue(key, kept, revision) : null, current));
        return revision;
    }

    /// <summary>In milliseconds, rounded up, since a key must not go early.</summary>
    private long ExpirationOf(TimeSpan timeToLive) =>
        ((_time.GetUtcNow() + timeToLive).UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1)
        / TimeSpan.TicksPerMillisecond;
}
