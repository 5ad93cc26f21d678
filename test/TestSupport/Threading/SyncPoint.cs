namespace KubeFed.TestSupport.Threading;

/// <summary>
/// A place in the code under test where it halts until the test lets it go on, so that a test chooses an interleaving instead of
/// hoping for it. Serves one passage.
/// </summary>
public sealed class SyncPoint
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the code under test has got here.</summary>
    public bool IsReached => _reached.Task.IsCompleted;

    /// <summary>Called by a fake inside the code under test: reports the arrival, then halts until <see cref="Release"/>.</summary>
    public Task PassAsync(CancellationToken cancellationToken = default)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Called by the test: completes when the code under test has got here.</summary>
    /// <param name="timeout">How long to wait; default 30 seconds.</param>
    /// <exception cref="TimeoutException">It did not get here in time.</exception>
    public Task ReachedAsync(TimeSpan? timeout = null) => _reached.Task.WaitAsync(timeout ?? TimeSpan.FromSeconds(30));

    /// <summary>Called by the test: lets the code under test go on. May be called before it has got here.</summary>
    public void Release() => _released.TrySetResult();
}
