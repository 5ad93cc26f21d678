using System.Collections.Concurrent;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>The work that waits for the writer, bounded in number and bytes. Full, it takes no more.</summary>
internal sealed class WriteQueue(SqliteStorageOptions options, SqliteStorageMetrics metrics) : IDisposable
{
    private readonly BlockingCollection<WorkItem> _items = new(options.QueueLimit);
    private long _bytes;

    public void Dispose() => _items.Dispose();

    /// <exception cref="StorageUnavailableException">Too much waits already, or the store is closing.</exception>
    internal void Add(WorkItem item)
    {
        if (Interlocked.Add(ref _bytes, item.Size) > options.QueueBytes && Volatile.Read(ref _bytes) > item.Size)
        {
            Refuse(item, "too many bytes wait to be written");
        }

        try
        {
            if (!_items.TryAdd(item))
            {
                Refuse(item, $"{options.QueueLimit} writes wait already");
            }

            metrics.Queued(1);
        }
        catch (InvalidOperationException)
        {
            Refuse(item, "the store is closing");
        }
    }

    /// <summary>Adds what may be left out when much else waits.</summary>
    internal void Nudge()
    {
        if (!_items.IsAddingCompleted)
        {
            AddNudge();
        }
    }

    /// <summary>Takes no more; what waits can still be taken out.</summary>
    internal void Close() => _items.CompleteAdding();

    /// <summary>Takes out what waits, up to the size of a batch.</summary>
    /// <param name="batch">Where to put it.</param>
    /// <param name="wait">Whether to wait for the first item.</param>
    /// <returns>False when nothing will ever come.</returns>
    internal bool Take(List<WorkItem> batch, bool wait)
    {
        var bytes = 0L;
        while (batch.Count < options.BatchLimit && bytes < options.QueueBytes / 4
            && _items.TryTake(out var item, wait && batch.Count == 0 ? Timeout.Infinite : 0))
        {
            metrics.Queued(-1);
            Interlocked.Add(ref _bytes, -item.Size);
            bytes += item.Size;
            batch.Add(item);
        }

        return batch.Count > 0 || !_items.IsCompleted;
    }

    private void AddNudge()
    {
        try
        {
            if (_items.TryAdd(WakeItem.Instance))
            {
                metrics.Queued(1);
            }
        }
        catch (InvalidOperationException) when (_items.IsAddingCompleted)
        {
            // Closed since it was asked: the writer needs no more waking.
            return;
        }
    }

    private void Refuse(WorkItem item, string reason)
    {
        Interlocked.Add(ref _bytes, -item.Size);
        metrics.Refused();
        throw new StorageUnavailableException($"the store takes no more writes now: {reason}");
    }
}
