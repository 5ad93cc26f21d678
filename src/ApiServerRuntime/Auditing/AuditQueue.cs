namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>Lines that wait to be written, bounded by their bytes. Many add, one takes.</summary>
internal sealed class AuditQueue(long maxBytes)
{
    private readonly Lock _gate = new();
    private List<byte[]> _lines = [];
    private long _bytes;
    private bool _closed;
    private TaskCompletionSource _room = NewSignal();
    private TaskCompletionSource _any = NewSignal();

    /// <summary>Adds a line; false when there is no room for it or the queue is closed.</summary>
    public bool TryAdd(byte[] line)
    {
        lock (_gate)
        {
            if (_closed || (_bytes > 0 && _bytes + line.Length > maxBytes))
            {
                return false;
            }

            _lines.Add(line);
            _bytes += line.Length;
            _any.TrySetResult();
            return true;
        }
    }

    /// <summary>Adds a line when there is room for it; false when the queue was closed before.</summary>
    public async ValueTask<bool> AddAsync(byte[] line, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                room = _room.Task;
            }

            if (TryAdd(line))
            {
                return true;
            }

            lock (_gate)
            {
                if (_closed)
                {
                    return false;
                }
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits for lines and takes all; none when the queue is closed and empty.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> TakeAsync()
    {
        while (true)
        {
            Task any;
            lock (_gate)
            {
                if (_lines.Count > 0 || _closed)
                {
                    return Take();
                }

                any = _any.Task;
            }

            await any;
        }
    }

    /// <summary>Takes no more lines.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _any.TrySetResult();
            _room.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private List<byte[]> Take()
    {
        var taken = _lines;
        _lines = [];
        _bytes = 0;
        _any = NewSignal();
        _room.TrySetResult();
        _room = NewSignal();
        return taken;
    }
}
