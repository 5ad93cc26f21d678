using System.Collections.Concurrent;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.Conformance.Storage.Etcd;

/// <summary>Clients that create keys of their own one after the other until stopped, and write down which creates were acknowledged.</summary>
internal sealed class EtcdWriters : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _acknowledged = new(StringComparer.Ordinal);
    private readonly Task[] _running;
    private int _failures;

    public EtcdWriters(IStorage storage, int count)
    {
        _running = [.. Enumerable.Range(0, count).Select(i => Task.Run(() => RunAsync(storage, i)))];
    }

    public IReadOnlyDictionary<string, long> Acknowledged => _acknowledged;

    public int Failures => Volatile.Read(ref _failures);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(IStorage storage, int writer)
    {
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            try
            {
                var key = $"/w{writer}/{i}";
                var result = await storage.CreateAsync(key, new byte[64], null, CancellationToken.None);
                if (result.Succeeded)
                {
                    _acknowledged[key] = result.Revision;
                }
            }
            catch (StorageUnavailableException)
            {
                Interlocked.Increment(ref _failures);
                await Task.Yield();
            }
        }
    }
}
