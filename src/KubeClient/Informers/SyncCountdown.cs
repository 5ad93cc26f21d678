namespace KubeFed.KubeClient.Informers;

/// <summary>Completes when every handler of the first list has seen it, or has gone.</summary>
internal sealed class SyncCountdown
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = int.MaxValue;

    public Task Task => _done.Task;

    /// <summary>Sets how many handlers are waited for, before any of them can signal.</summary>
    public void Start(int handlers)
    {
        _left = handlers;
        if (handlers == 0)
        {
            _done.TrySetResult();
        }
    }

    public void Signal()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _done.TrySetResult();
        }
    }
}
