using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>Keeps the write-ahead log short, and the file no larger than it need be. Used by the writer's thread, between transactions.</summary>
internal sealed class Checkpointer : IDisposable
{
    private const long Interval = 8 << 20;
    private const long PageSize = 8192;
    private const long PagesPerWrite = 3;

    private readonly FileInfo _wal;
    private readonly long _walLimit;
    private readonly TimeProvider _time;
    private readonly SqliteStorageMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Statement _passive;
    private readonly Statement _truncate;
    private readonly Statement _shrink;
    private long _written;

    internal Checkpointer(
        SqliteConnection connection, SqliteStorageOptions options, TimeProvider time, SqliteStorageMetrics metrics, ILogger logger)
    {
        _wal = new FileInfo(options.Path + "-wal");
        _walLimit = options.WalLimit;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _passive = new(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        _truncate = new(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        _shrink = new(connection, "PRAGMA incremental_vacuum(512)");
    }

    /// <summary>Whether empty pages are being given back to the file system, a step at a time.</summary>
    internal bool Shrinking { get; private set; }

    public void Dispose()
    {
        _passive.Dispose();
        _truncate.Dispose();
        _shrink.Dispose();
    }

    /// <summary>Does what is due after a transaction.</summary>
    internal void AfterCommit(long bytes, int writes, bool idle, Compactor compactor)
    {
        _written += bytes + (writes * PagesPerWrite * PageSize);
        try
        {
            if (idle)
            {
                Shrink(compactor);
            }

            if (_written >= Interval)
            {
                _written = 0;
                Checkpoint();
                Shrinking = compactor.ShouldShrink();
            }
        }
        catch (SqliteException e)
        {
            Shrinking = false;
            _logger.CheckpointFailed(e);
        }
    }

    private void Shrink(Compactor compactor)
    {
        Shrinking = compactor.ShouldShrink();
        if (Shrinking)
        {
            using var reader = _shrink.Query();
            while (reader.Read())
            {
                _written += PageSize;
            }
        }
    }

    /// <summary>Copies the write-ahead log into the file; beyond its limit it is also cut, for which short reads are waited for.</summary>
    private void Checkpoint()
    {
        var started = _time.GetTimestamp();
        _wal.Refresh();
        using (var reader = (_wal.Exists && _wal.Length > _walLimit ? _truncate : _passive).Query())
        {
            reader.Read();
        }

        _metrics.Checkpointed(_time.GetElapsedTime(started));
    }
}
