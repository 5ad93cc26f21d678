using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using KubeFed.ApiServerRuntime.Storage.Watching;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>
/// An <see cref="IStorage"/> in one file, for one process. Writes are acknowledged once they are on the disk, many sharing one flush; reads
/// run beside them on snapshots; history is kept for <see cref="SqliteStorageOptions.HistoryWindow"/> and survives a restart. When the
/// disk is full writes answer <see cref="StorageFullException"/> and reads go on, until there is room again.
/// </summary>
public sealed class SqliteStorage : IStorage, IEventHistory
{
    private const int RecentEvents = 10_000;
    private const long RecentBytes = 32 << 20;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly WriteQueue _queue;
    private readonly Writer _writer;
    private readonly ReadPool _readers;
    private readonly WatchHub _hub;
    private readonly ILogger _logger;
    private int _disposed;

    private SqliteStorage(SqliteStorageOptions options, FileStream fileLock, WriteQueue queue, Writer writer, ILogger logger)
    {
        _path = options.Path;
        _lock = fileLock;
        _queue = queue;
        _writer = writer;
        _logger = logger;
        _readers = new ReadPool(options.Path, options.Readers);
        _hub = new WatchHub(this, writer.Revision, RecentEvents, RecentBytes);
        logger.Opened(options.Path, writer.Revision, writer.CompactRevision);
        writer.Start(_hub);
    }

    /// <summary>Opens the file, making it when it does not exist.</summary>
    /// <param name="options">Where it is, and limits.</param>
    /// <param name="time">The clock for times to live and history.</param>
    /// <param name="metrics">Where to count.</param>
    /// <param name="logger">Where to log.</param>
    /// <param name="cancellationToken">Stops waiting before the file is opened.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message tells everything that is.</exception>
    /// <exception cref="SqliteStorageOpenException">The file cannot be used.</exception>
    public static Task<SqliteStorage> OpenAsync(
        SqliteStorageOptions options,
        TimeProvider time,
        SqliteStorageMetrics metrics,
        ILogger<SqliteStorage> logger,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(logger);
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        return Task.Run(() => Open(options, time, metrics, logger), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoredValue?> GetAsync(string key, CancellationToken cancellationToken)
    {
        StorageKeys.Check(key);
        return await _readers.RunAsync(connection => connection.Get(key), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoragePage> ListAsync(string prefix, StorageListOptions options, CancellationToken cancellationToken)
    {
        StorageKeys.CheckPrefix(prefix);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Limit, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Revision, nameof(options));
        return await _readers.RunAsync(connection => connection.List(prefix, options, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StorageWriteResult> CreateAsync(
        string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken) =>
        WriteAsync(key, 0, value, timeToLive, cancellationToken);

    /// <inheritdoc/>
    public Task<StorageWriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedRevision, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedRevision);
        return WriteAsync(key, expectedRevision, value, timeToLive, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StorageWriteResult> DeleteAsync(string key, long expectedRevision, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedRevision);
        return WriteAsync(key, expectedRevision, null, null, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<long>(cancellationToken) : Task.FromResult(_hub.RequestProgress());

    /// <inheritdoc/>
    public IAsyncEnumerable<StorageEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken)
    {
        StorageKeys.CheckPrefix(prefix);
        ArgumentOutOfRangeException.ThrowIfNegative(afterRevision);
        return _hub.WatchAsync(prefix, afterRevision, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task CompactAsync(long revision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfDisposed();
        var item = new CompactItem(revision);
        _queue.Add(item);
        await item.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes a copy of the store as of now to a new file, while it is read and written: <see cref="SqliteBackup.CopyAsync"/>.</summary>
    /// <exception cref="IOException">The file exists already, or cannot be made.</exception>
    public async Task BackupAsync(string path, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        await SqliteBackup.CopyAsync(_path, path, cancellationToken);
        _logger.BackedUp(path);
    }

    /// <summary>Ends all watches, finishes the writes that wait, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _writer.StopAsync();
        _hub.Close();
        await _readers.DisposeAsync();
        _writer.Dispose();
        _queue.Dispose();
        await _lock.DisposeAsync();
    }

    ValueTask<StorageEventBatch> IEventHistory.ReadAsync(string prefix, long afterRevision, CancellationToken cancellationToken) =>
        _readers.RunAsync(
            connection => connection.Events(prefix, afterRevision, WatchHub.BatchCount, WatchHub.BatchBytes), cancellationToken);

    private static SqliteStorage Open(
        SqliteStorageOptions options, TimeProvider time, SqliteStorageMetrics metrics, ILogger<SqliteStorage> logger)
    {
        var fileLock = SqliteFile.Lock(options.Path);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteFile.OpenForWriting(options.Path, out var recovered);
            if (recovered)
            {
                logger.Recovered(options.Path);
            }

            if (SqliteFile.GoOnFromBackup(connection) is { } revision)
            {
                logger.Restored(options.Path, revision);
            }

            SqliteFile.LimitPages(connection, options.PageLimit);
            var queue = new WriteQueue(options, metrics);
            return new SqliteStorage(options, fileLock, queue, new Writer(connection, queue, options, time, metrics, logger), logger);
        }
        catch
        {
            connection?.Dispose();
            fileLock.Dispose();
            throw;
        }
    }

    private async Task<StorageWriteResult> WriteAsync(
        string key, long expectedRevision, ReadOnlyMemory<byte>? value, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        StorageKeys.Check(key);
        StorageKeys.CheckTimeToLive(timeToLive);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfDisposed();
        var item = new WriteItem(key, expectedRevision, value, timeToLive, cancellationToken);
        _queue.Add(item);
        return await item.Task.WaitAsync(cancellationToken);
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) == 1, this);
}
