using System.Diagnostics.CodeAnalysis;

namespace KubeFed.ControllerRuntime.Queue;

public sealed partial class KeyedQueue<TKey>
{
    private bool TryPopWaiter([NotNullWhen(true)] out Waiter? waiter)
    {
        waiter = _waiters.First?.Value;
        if (waiter is null)
        {
            return false;
        }

        _waiters.RemoveFirst();
        return true;
    }

    private void Cancel(Waiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Node.List is null)
            {
                return;
            }

            _waiters.Remove(waiter.Node);
        }

        waiter.SetCanceled();
    }

    /// <summary>
    /// A caller that waits for a key. Whoever takes it out of the list, under the lock, completes it: the one who hands out a key, or the
    /// cancellation.
    /// </summary>
    private sealed class Waiter(KeyedQueue<TKey> queue, CancellationToken cancellationToken)
    {
        private readonly TaskCompletionSource<TakenKey<TKey>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiter> Node { get; set; } = null!;

        public async ValueTask<TakenKey<TKey>> WaitAsync()
        {
            using var registration = cancellationToken.UnsafeRegister(static state => ((Waiter)state!).Cancel(), this);
            return await _completion.Task;
        }

        public void SetResult(TakenKey<TKey> taken) => _completion.SetResult(taken);

        public void SetCanceled() => _completion.SetCanceled(cancellationToken);

        private void Cancel() => queue.Cancel(this);
    }
}
