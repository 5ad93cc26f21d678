using Microsoft.Data.Sqlite;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>
/// Decides which history is too old, and removes it in small steps within the writer's transactions. A row goes when the row that
/// followed it for its key is compacted too, and a removal's row when it is compacted itself, so no index of the log by key is needed.
/// </summary>
internal sealed class Compactor : IDisposable
{
    private readonly TimeSpan _window;
    private readonly long _limit;
    private readonly TimeProvider _time;
    private readonly Queue<(DateTimeOffset Time, long Revision)> _samples = new();
    private readonly Statement _rows;
    private readonly Statement _deleteRow;
    private readonly Statement _deleteKey;
    private readonly Statement _cleaned;
    private readonly Statement _pages;
    private readonly Statement _freePages;
    private long _committed;
    private long _done;

    internal Compactor(SqliteConnection connection, SqliteStorageOptions options, TimeProvider time)
    {
        _window = options.HistoryWindow;
        _limit = options.HistoryLimit;
        _time = time;
        _rows = new(connection, "SELECT rev, key, prev, live FROM log WHERE rev > $0 AND rev <= $1 ORDER BY rev LIMIT $2", 3);
        _deleteRow = new(connection, "DELETE FROM log WHERE rev = $0", 1);
        _deleteKey = new(connection, "DELETE FROM objects WHERE key = $0 AND rev = $1", 2);
        _cleaned = new(connection, "UPDATE state SET cleaned_rev = $0", 1);
        _pages = new(connection, "PRAGMA page_count");
        _freePages = new(connection, "PRAGMA freelist_count");
        _committed = _done = SqliteFile.Number(connection, "SELECT cleaned_rev FROM state");
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_rows, _deleteRow, _deleteKey, _cleaned, _pages, _freePages])
        {
            statement.Dispose();
        }
    }

    /// <summary>Whether history remains to be removed.</summary>
    internal bool HasWork(long compactRevision) => _committed < compactRevision;

    /// <summary>Notes the time of a revision, and returns the newest that is older than the window; 0 when none is.</summary>
    internal long Sample(long revision)
    {
        var now = _time.GetUtcNow();
        _samples.Enqueue((now, revision));
        var old = 0L;
        while (_samples.TryPeek(out var sample) && now - sample.Time >= _window)
        {
            old = _samples.Dequeue().Revision;
        }

        return old;
    }

    /// <summary>The revision to compact to because too many are kept; 0 when they are not.</summary>
    internal long Excess(long revision, long compactRevision) =>
        revision - compactRevision > _limit + (_limit / 10) ? revision - _limit : 0;

    /// <summary>Removes what followed from some of the compacted rows.</summary>
    internal void Step(long compactRevision, int limit)
    {
        List<(long Revision, string Key, long Previous, bool Live)> rows = [];
        using (var reader = _rows.Query(_committed, compactRevision, limit))
        {
            while (reader.Read())
            {
                rows.Add((reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetBoolean(3)));
            }
        }

        foreach (var row in rows)
        {
            Remove(row.Revision, row.Key, row.Previous, row.Live);
        }

        _done = rows.Count < limit ? compactRevision : rows[^1].Revision;
        _cleaned.Execute(_done);
    }

    /// <summary>Takes note that the transaction is durable.</summary>
    /// <returns>How many revisions were cleaned up.</returns>
    internal long Committed()
    {
        var cleaned = _done - _committed;
        _committed = _done;
        return cleaned;
    }

    internal void RolledBack() => _done = _committed;

    /// <summary>How many pages to give back to the file system, when much of the file is empty.</summary>
    internal bool ShouldShrink()
    {
        var free = _freePages.Number() ?? 0;
        return free > 1024 && free > (_pages.Number() ?? 0) / 4;
    }

    private void Remove(long revision, string key, long previous, bool live)
    {
        if (previous != 0)
        {
            _deleteRow.Execute(previous);
        }

        if (!live)
        {
            _deleteKey.Execute(key, revision);
            _deleteRow.Execute(revision);
        }
    }
}
