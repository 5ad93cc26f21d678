using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// Wakes one reader, without a task for each wait. A <see cref="Set"/> that comes before the wait lets the wait pass at once. The reader's
/// continuation never runs on the thread that sets.
/// </summary>
internal sealed class WatchSignal : IValueTaskSource
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private bool _set;
    private bool _waiting;

    /// <summary>Wakes the reader, or the next wait.</summary>
    public void Set()
    {
        lock (_lock)
        {
            _set = true;
            if (_waiting)
            {
                _waiting = false;
                _source.SetResult(true);
            }
        }
    }

    /// <summary>Forgets what was set: the reader is about to look.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _set = false;
        }
    }

    /// <summary>Waits for <see cref="Set"/>. One waiter at a time.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (Begin() is not { } version)
        {
            return;
        }

        using (cancellationToken.UnsafeRegister(static (signal, token) => ((WatchSignal)signal!).Cancel(token), this))
        {
            await new ValueTask(this, version);
        }
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private short? Begin()
    {
        lock (_lock)
        {
            if (_set)
            {
                return null;
            }

            if (_waiting)
            {
                throw new InvalidOperationException("a watch has one reader");
            }

            _source.Reset();
            _waiting = true;
            return _source.Version;
        }
    }

    private void Cancel(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_waiting)
            {
                _waiting = false;
                _source.SetException(new OperationCanceledException(cancellationToken));
            }
        }
    }
}
