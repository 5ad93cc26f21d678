using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// Reads the revision of the last write of any replica. One read is under way at a time; callers that come meanwhile share the next one,
/// as only a read that began after a call answers it.
/// </summary>
internal sealed class EtcdRevisionReader(EtcdChannel channel, EtcdKeys keys, TimeSpan timeout)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<long>? _next;
    private bool _isRunning;

    /// <summary>The revision of the last write, 0 when there never was one.</summary>
    public Task<long> ReadAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<long> mine;
        lock (_gate)
        {
            mine = _next ??= new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_isRunning)
            {
                _isRunning = true;
                _ = RunAsync();
            }
        }

        return mine.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        while (TakeNext() is { } batch)
        {
            try
            {
                batch.SetResult(await ReadOnceAsync());
            }
            catch (Exception e)
            {
                batch.SetException(e);
            }
        }
    }

    private TaskCompletionSource<long>? TakeNext()
    {
        lock (_gate)
        {
            var batch = _next;
            _next = null;
            _isRunning = batch is not null;
            return batch;
        }
    }

    private async Task<long> ReadOnceAsync()
    {
        var request = new RangeRequest { Key = keys.Marker, KeysOnly = true };
        var answer = await channel.ReadAsync(EtcdMethods.Range, request, timeout, CancellationToken.None);
        return answer.Kvs.Count == 0 ? 0 : answer.Kvs[0].ModRevision;
    }
}
