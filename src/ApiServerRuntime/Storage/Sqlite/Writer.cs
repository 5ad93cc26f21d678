using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using KubeFed.ApiServerRuntime.Storage.Watching;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>
/// The one thread that writes. It takes all writes that wait into one transaction, decides each write's condition within it, and
/// acknowledges them when the transaction is durable: while one is being made so, the next gathers. Expiry and compaction share the
/// transactions, in small steps.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int BusyStep = 256;
    private const int IdleStep = 2048;
    private const int ExpiryStep = 256;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly SqliteConnection _connection;
    private readonly WriteQueue _queue;
    private readonly SqliteStorageMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly WriteTransaction _transaction;
    private readonly Compactor _compactor;
    private readonly Checkpointer _checkpointer;
    private readonly ITimer _expiryTimer;
    private readonly ITimer _sampleTimer;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sampleDue;
    private bool _expiryDue = true;
    private bool _maintenancePaused;

    internal Writer(
        SqliteConnection connection, WriteQueue queue, SqliteStorageOptions options, TimeProvider time, SqliteStorageMetrics metrics, ILogger logger)
    {
        _connection = connection;
        _queue = queue;
        _metrics = metrics;
        _logger = logger;
        _time = time;
        _transaction = new WriteTransaction(connection, options, time);
        _compactor = new Compactor(connection, options, time);
        _checkpointer = new Checkpointer(connection, options, time, metrics, logger);
        _compactor.Sample(_transaction.Revision);
        _expiryTimer = time.CreateTimer(_ => _queue.Nudge(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _sampleTimer = time.CreateTimer(_ => OnSampleDue(), null, options.HistoryWindow / 4, options.HistoryWindow / 4);
    }

    internal long Revision => _transaction.Revision;

    internal long CompactRevision => _transaction.CompactRevision;

    public void Dispose()
    {
        _expiryTimer.Dispose();
        _sampleTimer.Dispose();
        _transaction.Dispose();
        _compactor.Dispose();
        _checkpointer.Dispose();
        _connection.Dispose();
    }

    /// <summary>Begins to work, and tells watches of what was written.</summary>
    internal void Start(WatchHub hub)
    {
        _queue.Nudge();
        new Thread(() => Run(hub)) { IsBackground = true, Name = "sqlite-storage-writer" }.Start();
    }

    /// <summary>Does what waits, then ends.</summary>
    internal Task StopAsync()
    {
        _queue.Close();
        return _stopped.Task;
    }

    private void Run(WatchHub hub)
    {
        List<WorkItem> batch = [];
        while (_queue.Take(batch, wait: !HasMaintenance))
        {
            Process(batch, hub);
            batch.Clear();
        }

        _stopped.TrySetResult();
    }

    private bool HasMaintenance => !_maintenancePaused && (_compactor.HasWork(_transaction.CompactRevision) || _checkpointer.Shrinking);

    private void OnSampleDue()
    {
        Volatile.Write(ref _sampleDue, 1);
        _queue.Nudge();
    }

    private void Process(List<WorkItem> batch, WatchHub hub)
    {
        try
        {
            var started = _time.GetTimestamp();
            Transact(batch);
            _metrics.Committed(_time.GetElapsedTime(started), batch.Count(static item => item.IsWrite));
        }
        catch (Exception e)
        {
            Abandon(batch, e);
            return;
        }

        _maintenancePaused = false;
        Announce(hub);
        batch.ForEach(static item => item.Complete());
        _metrics.Compacted(_compactor.Committed());
        _checkpointer.AfterCommit(batch.Sum(static item => item.Size), batch.Count, idle: batch.Count == 0, _compactor);
        ArmExpiry();
    }

    private void Transact(List<WorkItem> batch)
    {
        _transaction.Begin();
        if (_expiryDue || _transaction.NextExpiration <= _time.GetUtcNow())
        {
            _expiryDue = _transaction.Expire(ExpiryStep);
        }

        foreach (var item in batch)
        {
            item.Run(_transaction);
        }

        Compact(batch.Count == 0 ? IdleStep : Math.Max(BusyStep, 2 * batch.Count));
        _transaction.Commit();
    }

    private void Compact(int rows)
    {
        if (Interlocked.Exchange(ref _sampleDue, 0) == 1)
        {
            _transaction.Compact(_compactor.Sample(_transaction.Revision));
        }

        _transaction.Compact(_compactor.Excess(_transaction.Revision, _transaction.CompactRevision));
        if (!_maintenancePaused && _compactor.HasWork(_transaction.CompactRevision))
        {
            _compactor.Step(_transaction.CompactRevision, rows);
        }
    }

    private void Announce(WatchHub hub)
    {
        if (!_transaction.Events.IsEmpty)
        {
            hub.Publish(_transaction.Events);
        }

        if (hub.Floor < _transaction.CompactRevision)
        {
            hub.Trim(_transaction.CompactRevision);
            _logger.Compacting(_transaction.CompactRevision);
        }
    }

    private void Abandon(List<WorkItem> batch, Exception exception)
    {
        _maintenancePaused = true;
        _expiryDue = true;
        _logger.CommitFailed(exception, batch.Count);
        _metrics.Failed(batch.Count(static item => item.IsWrite));
        var failure = exception switch
        {
            SqliteException e => SqliteErrors.Translate(e),
            StorageUnavailableException e => e,
            _ => new StorageUnavailableException("the store failed", exception),
        };
        try
        {
            _compactor.RolledBack();
            _transaction.Rollback();
        }
        catch (SqliteException e)
        {
            _logger.CommitFailed(e, 0);
        }

        batch.ForEach(item => item.Fail(failure));
        _expiryTimer.Change(RetryPause, Timeout.InfiniteTimeSpan);
    }

    private void ArmExpiry()
    {
        if (_expiryDue)
        {
            _queue.Nudge();
        }
        else if (_transaction.NextExpiration is { } next)
        {
            var wait = next - _time.GetUtcNow();
            _expiryTimer.Change(
                wait > LongestTimer ? LongestTimer : wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
        }
    }
}
