namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>Writes audit events to a stream that is not its own to close, as standard output.</summary>
public sealed class AuditOutput(Stream stream) : IAuditSink
{
    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(lines, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
