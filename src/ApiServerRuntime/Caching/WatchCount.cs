namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>Counts open watches.</summary>
internal sealed class WatchCount
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _none;
    private int _open;

    public void Add()
    {
        lock (_gate)
        {
            _open++;
        }
    }

    public void Remove()
    {
        lock (_gate)
        {
            if (--_open == 0)
            {
                _none?.TrySetResult();
                _none = null;
            }
        }
    }

    /// <summary>Waits until no watch is open.</summary>
    public Task WhenNoneAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_open == 0)
            {
                return Task.CompletedTask;
            }

            _none ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _none.Task.WaitAsync(cancellationToken);
        }
    }
}
