using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.KubeClient.Informers;

/// <summary>What informers take from their process.</summary>
public sealed record InformerEnvironment
{
    /// <summary>The clock of waits and timeouts. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where failures of the server, and of handlers, are logged. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>What is counted. Default: nothing.</summary>
    public InformerMetrics? Metrics { get; init; }

    /// <summary>Seeds the jitter of waits and timeouts; null for an arbitrary seed.</summary>
    public int? Seed { get; init; }
}
