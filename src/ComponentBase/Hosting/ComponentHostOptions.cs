using KubeFed.ComponentBase.Health;
using KubeFed.ComponentBase.Options;
using KubeFed.ComponentBase.Telemetry;
using Microsoft.Extensions.Logging;

namespace KubeFed.ComponentBase.Hosting;

/// <summary>What a <see cref="ComponentHost"/> serves and how it ends.</summary>
public sealed record ComponentHostOptions
{
    /// <summary>The program's name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Where the host and its endpoints log.</summary>
    public required ILoggerFactory Logging { get; init; }

    /// <summary>Where the health endpoints are served; null for nowhere.</summary>
    public ListenAddress? HealthAddress { get; init; }

    /// <summary>Where the metrics are served; null for nowhere. When it equals <see cref="HealthAddress"/> one port serves both.</summary>
    public ListenAddress? MetricsAddress { get; init; }

    /// <summary>The checks behind the health endpoints.</summary>
    public HealthChecks Health { get; init; } = new();

    /// <summary>The metrics; null serves none.</summary>
    public PrometheusReader? Metrics { get; init; }

    /// <summary>How long the program's work may go on after it is asked to stop.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan ShutdownGracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal IShutdownSignals Signals { get; init; } = new PosixShutdownSignals();
}
