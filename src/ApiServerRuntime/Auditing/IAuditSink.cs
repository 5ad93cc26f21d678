namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>Where audit events are written. Used by one writer at a time.</summary>
public interface IAuditSink : IAsyncDisposable
{
    /// <summary>Writes whole lines, each with its end of line, and hands them to the system before it returns.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken);
}
