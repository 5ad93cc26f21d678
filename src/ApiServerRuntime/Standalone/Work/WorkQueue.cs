using System.Threading.Channels;

namespace KubeFed.ApiServerRuntime.Standalone.Work;

/// <summary>
/// Keys to be worked on: each waits once however often it was added, and one that is added while it is worked on comes again afterwards.
/// Failed keys come again after a growing pause. At most <see cref="Capacity"/> keys wait; one more is refused, and the owner must look
/// through everything again.
/// </summary>
internal sealed class WorkQueue<TKey>(TimeProvider time)
    where TKey : notnull
{
    /// <summary>How many keys may wait.</summary>
    public const int Capacity = 1_000_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Queue<TKey> _ready = [];
    private readonly HashSet<TKey> _waiting = [];
    private readonly HashSet<TKey> _running = [];
    private readonly HashSet<TKey> _again = [];
    private readonly PriorityQueue<TKey, long> _later = new();
    private readonly Dictionary<TKey, int> _failures = [];

    /// <summary>How many keys wait to be taken at once.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>Adds a key. False when there is no more room.</summary>
    public bool Add(TKey key)
    {
        lock (_gate)
        {
            return AddLocked(key);
        }
    }

    /// <summary>Adds a key after some time.</summary>
    public void AddAfter(TKey key, TimeSpan pause)
    {
        lock (_gate)
        {
            if (_later.Count < Capacity)
            {
                _later.Enqueue(key, time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency));
                Wake();
            }
        }
    }

    /// <summary>Works on keys, one after the other, until cancelled. A key whose work throws what is expected comes again.</summary>
    /// <param name="work">Works on a key.</param>
    /// <param name="failed">Told of a failure; false for one that is not to be retried and ends the loop.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public async Task RunAsync(Func<TKey, CancellationToken, Task> work, Func<TKey, Exception, bool> failed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var key = await TakeAsync(cancellationToken);
            try
            {
                await work(key, cancellationToken);
                Done(key, succeeded: true);
            }
            catch (Exception e) when (e is not OperationCanceledException && failed(key, e))
            {
                Done(key, succeeded: false);
            }
        }
    }

    /// <summary>Waits for a key and takes it; <see cref="Done"/> must follow.</summary>
    public async Task<TKey> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                wait = Promote();
                if (_ready.TryDequeue(out var key))
                {
                    _waiting.Remove(key);
                    _running.Add(key);
                    if (_ready.Count > 0)
                    {
                        Wake();
                    }

                    return key;
                }
            }

            await using var alarm = wait == Timeout.InfiniteTimeSpan
                ? null
                : time.CreateTimer(static queue => ((WorkQueue<TKey>)queue!).Wake(), this, wait, Timeout.InfiniteTimeSpan);
            await _signal.Reader.ReadAsync(cancellationToken);
        }
    }

    /// <summary>Ends the work on a key.</summary>
    public void Done(TKey key, bool succeeded)
    {
        int failures = 0;
        lock (_gate)
        {
            _running.Remove(key);
            if (succeeded)
            {
                _failures.Remove(key);
            }
            else
            {
                failures = _failures[key] = _failures.GetValueOrDefault(key) + 1;
            }

            if (_again.Remove(key))
            {
                AddLocked(key);
                return;
            }
        }

        if (failures > 0)
        {
            AddAfter(key, PauseOf(failures));
        }
    }

    private void Wake() => _signal.Writer.TryWrite(true);

    private static TimeSpan PauseOf(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
        return pause < LongestPause ? pause : LongestPause;
    }

    private bool AddLocked(TKey key)
    {
        if (_running.Contains(key))
        {
            return _again.Add(key) || _again.Contains(key);
        }

        if (_waiting.Count >= Capacity && !_waiting.Contains(key))
        {
            return false;
        }

        if (_waiting.Add(key))
        {
            _ready.Enqueue(key);
            Wake();
        }

        return true;
    }

    private TimeSpan Promote()
    {
        long now = time.GetTimestamp();
        while (_later.TryPeek(out var key, out long due))
        {
            if (due > now)
            {
                return time.GetElapsedTime(now, due) + TimeSpan.FromMilliseconds(1);
            }

            _later.Dequeue();
            AddLocked(key);
        }

        return Timeout.InfiniteTimeSpan;
    }
}
