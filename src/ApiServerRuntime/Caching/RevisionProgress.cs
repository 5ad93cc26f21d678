namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>How far the storage has been followed, and those who wait for more. One writer, many waiters.</summary>
internal sealed class RevisionProgress(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedSet<Waiter> _waiters = new(Comparer<Waiter>.Create(static (a, b) =>
        a.Revision != b.Revision ? a.Revision.CompareTo(b.Revision) : a.Order.CompareTo(b.Order)));

    private long _current;
    private long _order;

    /// <summary>The revision reached.</summary>
    public long Current => Volatile.Read(ref _current);

    /// <summary>Notes that a revision is reached; an older one changes nothing.</summary>
    public void Advance(long revision)
    {
        if (revision <= Current)
        {
            return;
        }

        lock (_gate)
        {
            Volatile.Write(ref _current, revision);
            while (_waiters.Min is { } first && first.Revision <= revision)
            {
                _waiters.Remove(first);
                first.TrySetResult();
            }
        }
    }

    /// <summary>Waits until a revision is reached; false when it is not in time.</summary>
    public async ValueTask<bool> WaitAsync(long revision, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Current >= revision)
        {
            return true;
        }

        if (Enter(revision) is not { } waiter)
        {
            return true;
        }

        try
        {
            await waiter.Task.WaitAsync(timeout, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    private Waiter? Enter(long revision)
    {
        lock (_gate)
        {
            if (Current >= revision)
            {
                return null;
            }

            var waiter = new Waiter(revision, ++_order);
            _waiters.Add(waiter);
            return waiter;
        }
    }

    private sealed class Waiter(long revision, long order) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Revision => revision;

        public long Order => order;
    }
}
