using System.Buffers;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>
/// Writes audit events in the background, in the order in which they came. Closing it writes what waits. Counts on the meter
/// <c>KubeFed.ApiServerRuntime.Auditing</c>. Safe for concurrent use.
/// </summary>
public sealed class AuditLog : IAsyncDisposable
{
    private const string MeterName = "KubeFed.ApiServerRuntime.Auditing";
    private const int ChunkBytes = 64 * 1024;

    private readonly IAuditSink _sink;
    private readonly AuditLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AuditQueue _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;
    private long _written;
    private long _lost;
    private int _overflowing;
    private bool _failing;

    /// <summary>Begins to write.</summary>
    /// <param name="sink">Where to; closed with the log.</param>
    /// <param name="options">How events wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of lost events.</param>
    /// <param name="meters">Where to count; null for nowhere.</param>
    public AuditLog(IAuditSink sink, AuditLogOptions options, TimeProvider time, ILogger logger, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxBytes <= 0 || options.DrainTimeout < TimeSpan.Zero)
        {
            throw new ArgumentException("the bounds of an audit log must be positive", nameof(options));
        }

        (_sink, _options, _time, _logger) = (sink, options, time, logger);
        _queue = new AuditQueue(options.MaxBytes);
        var meter = meters?.Create(MeterName);
        meter?.CreateObservableCounter("apiserver_audit_event_total", () => Written, description: "Audit events written.");
        meter?.CreateObservableCounter("apiserver_audit_lost_total", () => Lost, description: "Audit events lost.");
        _writing = Task.Run(WriteAllAsync, CancellationToken.None);
    }

    /// <summary>How many events were written.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>How many were lost.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Takes a line, waiting for room if the options say so. Never throws; a line that is not taken is counted as lost.</summary>
    internal async ValueTask WriteAsync(byte[] line, CancellationToken cancellationToken)
    {
        try
        {
            if (_options.Overflow == AuditOverflow.Drop ? _queue.TryAdd(line) : await _queue.AddAsync(line, cancellationToken))
            {
                Volatile.Write(ref _overflowing, 0);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // Who waited is gone; the event counts as lost below.
        }

        var lost = Interlocked.Increment(ref _lost);
        if (Interlocked.Exchange(ref _overflowing, 1) == 0)
        {
            AuditLogMessages.Overflow(_logger, lost);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        using var bound = new CancellationTokenSource(_options.DrainTimeout, _time);
        await using var cut = bound.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _stop);
        await _writing;
        await _sink.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var chunk = new ArrayBufferWriter<byte>(ChunkBytes);
        for (var lines = await _queue.TakeAsync(); lines.Count > 0; lines = await _queue.TakeAsync())
        {
            var waiting = 0;
            foreach (var line in lines)
            {
                chunk.Write(line);
                waiting++;
                if (chunk.WrittenCount >= ChunkBytes)
                {
                    await WriteChunkAsync(chunk, waiting);
                    waiting = 0;
                }
            }

            if (waiting > 0)
            {
                await WriteChunkAsync(chunk, waiting);
            }
        }
    }

    private async ValueTask WriteChunkAsync(ArrayBufferWriter<byte> chunk, int lines)
    {
        try
        {
            await _sink.WriteAsync(chunk.WrittenMemory, _stop.Token);
            Interlocked.Add(ref _written, lines);
            if (_failing)
            {
                _failing = false;
                AuditLogMessages.Recovered(_logger, Lost);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            var lost = Interlocked.Add(ref _lost, lines);
            if (!_failing)
            {
                _failing = true;
                AuditLogMessages.WriteFailed(_logger, lost, e);
            }
        }

        chunk.ResetWrittenCount();
    }
}
