using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace KubeFed.DevClusters.Faults;

/// <summary>Stands between the connections of a cluster and its API server: holds their bytes, or closes them. Safe for concurrent use.</summary>
internal sealed class ConnectionGate
{
    private readonly Lock _gate = new();
    private readonly HashSet<ConnectionContext> _open = [];
    private TaskCompletionSource? _held;

    /// <summary>Whether bytes are held.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_gate)
            {
                return _held is not null;
            }
        }
    }

    /// <summary>The step that every connection passes first.</summary>
    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        lock (_gate)
        {
            _open.Add(connection);
        }

        var transport = connection.Transport;
        connection.Transport = new GatedPipe(new GatedReader(transport.Input, this, connection.ConnectionClosed), new GatedWriter(transport.Output, this, connection.ConnectionClosed));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
            lock (_gate)
            {
                _open.Remove(connection);
            }
        }
    };

    /// <summary>Holds all bytes of all connections, those that come included.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Lets the bytes go that are held.</summary>
    public void Release()
    {
        TaskCompletionSource? held;
        lock (_gate)
        {
            (held, _held) = (_held, null);
        }

        held?.TrySetResult();
    }

    /// <summary>Closes the connections there are.</summary>
    /// <returns>How many.</returns>
    public int Cut()
    {
        ConnectionContext[] all;
        lock (_gate)
        {
            all = [.. _open];
        }

        foreach (var connection in all)
        {
            connection.Abort(new ConnectionAbortedException("cut"));
        }

        return all.Length;
    }

    private ValueTask PassAsync(CancellationToken closed)
    {
        lock (_gate)
        {
            return _held is { } held ? new ValueTask(held.Task.WaitAsync(closed)) : ValueTask.CompletedTask;
        }
    }

    private sealed record GatedPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class GatedReader(PipeReader inner, ConnectionGate gate, CancellationToken closed) : PipeReader
    {
        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            await gate.PassAsync(closed);
            return await inner.ReadAsync(cancellationToken);
        }

        public override bool TryRead(out ReadResult result)
        {
            result = default;
            return !gate.IsHeld && inner.TryRead(out result);
        }
    }

    private sealed class GatedWriter(PipeWriter inner, ConnectionGate gate, CancellationToken closed) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            await gate.PassAsync(closed);
            return await inner.FlushAsync(cancellationToken);
        }
    }
}
