using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.ApiServerRuntime.Storage.Watching;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// The newest batches of one etcd watch of all objects, kept for any number of readers, who each come by at their own pace. It begins at
/// the last write that there was and ends with the etcd watch; then all its readers end.
/// </summary>
internal sealed class EtcdFeed
{
    private const int MostKept = 10_000;
    private const long MostBytesKept = 16 << 20;
    private const int MostEventsAtOnce = 1000;
    private const int EventOverhead = 200;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RevisionRing<StorageEventBatch> _kept = new(0);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes;
    private long _floor;
    private Exception? _end;

    /// <summary>Starts the watch.</summary>
    public EtcdFeed(EtcdWatch watch, EtcdRevisionReader revisions, CancellationToken stop)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _ = RunAsync(watch, revisions, _stop.Token);
    }

    /// <summary>Completes when the beginning is known, or the feed has ended before that.</summary>
    public Task Ready => _ready.Task;

    /// <summary>How many read it. Guarded by the hub's lock.</summary>
    public int Readers { get; set; }

    public bool HasEnded
    {
        get
        {
            lock (_gate)
            {
                return _end is not null;
            }
        }
    }

    /// <summary>The revision that a reader must have reached: what is older is not here.</summary>
    public long Floor
    {
        get
        {
            lock (_gate)
            {
                return _floor;
            }
        }
    }

    /// <summary>Ends the watch. Nobody reads any more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (_end is null)
            {
                _ = _stop.CancelAsync();
            }
        }
    }

    /// <summary>What there is after a position: joined to one batch of the events of a prefix, or nothing yet.</summary>
    /// <param name="prefix">What the events' keys begin with.</param>
    /// <param name="position">The revision up to which the reader has seen everything.</param>
    /// <param name="batch">What follows; null when nothing does yet, or the position is too old.</param>
    /// <param name="changed">Completes when there is more; null when the position is older than the floor.</param>
    /// <exception cref="StorageUnavailableException">The feed has ended, and the reader has had all of it.</exception>
    public void Read(string prefix, long position, out StorageEventBatch? batch, out Task? changed)
    {
        lock (_gate)
        {
            batch = null;
            changed = position < _floor ? null : _changed.Task;
            if (changed is not null && _kept.Last > _kept.Floor && _kept[_kept.Last].Revision > position)
            {
                batch = Join(prefix, position);
            }
            else if (_end is not null)
            {
                throw new StorageUnavailableException(_end.Message, _end);
            }
        }
    }

    private StorageEventBatch Join(string prefix, long position)
    {
        List<StorageEvent> events = [];
        var revision = position;
        for (var i = FirstAfter(position); i <= _kept.Last && events.Count < MostEventsAtOnce; i++)
        {
            foreach (var item in _kept[i].Events)
            {
                if (item.Revision > position && item.Key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    events.Add(item);
                }
            }

            revision = _kept[i].Revision;
        }

        return new StorageEventBatch(events, revision);
    }

    private long FirstAfter(long position)
    {
        var (low, high) = (_kept.Floor + 1, _kept.Last);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _kept[middle].Revision > position ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private async Task RunAsync(EtcdWatch watch, EtcdRevisionReader revisions, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            Begin(await revisions.ReadAsync(cancellationToken));
            await foreach (var batch in watch.RunAsync(Floor, cancellationToken))
            {
                Append(batch);
            }
        }
        catch (Exception e)
        {
            End(e);
        }
        finally
        {
            _stop.Dispose();
        }
    }

    private void Begin(long revision)
    {
        lock (_gate)
        {
            _floor = revision;
        }

        _ready.TrySetResult();
    }

    private void Append(StorageEventBatch batch)
    {
        lock (_gate)
        {
            _kept.Append(batch);
            _bytes += SizeOf(batch);
            while (_kept.Count > 1 && (_kept.Count > MostKept || _bytes > MostBytesKept))
            {
                var oldest = _kept.DropOldest();
                _bytes -= SizeOf(oldest);
                _floor = oldest.Revision;
            }

            Wake();
        }
    }

    private void End(Exception e)
    {
        lock (_gate)
        {
            _end = e switch
            {
                OperationCanceledException => new StorageUnavailableException("the store was closed", e),
                GrpcException grpc => EtcdErrors.ToStorage(grpc),
                _ => e,
            };
            Wake();
        }

        _ready.TrySetResult();
    }

    private void Wake()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static long SizeOf(StorageEventBatch batch)
    {
        var bytes = 0L;
        foreach (var item in batch.Events)
        {
            bytes += (item.Value?.Value.Length ?? 0) + (item.Previous?.Value.Length ?? 0) + EventOverhead;
        }

        return bytes;
    }
}
