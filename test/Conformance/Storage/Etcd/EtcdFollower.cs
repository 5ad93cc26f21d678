using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.Conformance.Storage.Etcd;

/// <summary>Watches everything from a revision on, resumes where it was whenever the store is lost, and writes down what it sees.</summary>
internal sealed class EtcdFollower : IAsyncDisposable
{
    private readonly IStorage _storage;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<StorageEvent> _seen = [];
    private readonly Task _running;
    private int _losses;

    public EtcdFollower(IStorage storage, long afterRevision)
    {
        _storage = storage;
        _running = Task.Run(() => RunAsync(afterRevision));
    }

    /// <summary>How often the store was lost.</summary>
    public int Losses => Volatile.Read(ref _losses);

    public StorageEvent[] Seen
    {
        get
        {
            lock (_gate)
            {
                return [.. _seen];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(long revision)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in _storage.WatchAsync("/", revision, _stop.Token))
                {
                    lock (_gate)
                    {
                        _seen.AddRange(batch.Events);
                    }

                    revision = batch.Revision;
                }
            }
            catch (StorageUnavailableException)
            {
                Interlocked.Increment(ref _losses);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
