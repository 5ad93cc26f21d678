namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>How audit events wait to be written.</summary>
public sealed record AuditLogOptions
{
    /// <summary>Most bytes of events that wait; as many again may be on their way to the sink. A single larger event is taken when nothing waits.</summary>
    /// <value>Default 64 MiB.</value>
    public long MaxBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>What happens at that bound.</summary>
    /// <value>Default <see cref="AuditOverflow.Block"/>.</value>
    public AuditOverflow Overflow { get; init; } = AuditOverflow.Block;

    /// <summary>How long the events that wait may take to be written when the log is closed.</summary>
    /// <value>Default 5 s.</value>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
