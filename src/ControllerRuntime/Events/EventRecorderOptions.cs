using KubeFed.ControllerRuntime.Queue;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>Who records events, and how many.</summary>
public sealed record EventRecorderOptions
{
    /// <summary>The name of the controller, unless <see cref="IEventRecorder.For"/> says another; a qualified name such as <c>kubefed.io/sync-controller</c> or <c>sync-controller</c>.</summary>
    public required string Component { get; init; }

    /// <summary>Which instance of it, such as the host's name; at most 128 characters.</summary>
    public required string Instance { get; init; }

    /// <summary>How many events may wait to be written; a further one pushes out the oldest.</summary>
    /// <value>The default is 1000.</value>
    public int QueueSize { get; init; } = 1000;

    /// <summary>How many objects and distinct events are remembered for counting and limiting; the least used are forgotten.</summary>
    /// <value>The default is 4096.</value>
    public int MemorySize { get; init; } = 4096;

    /// <summary>How many events an object may have at once.</summary>
    /// <value>The default is 25.</value>
    public int Burst { get; init; } = 25;

    /// <summary>After how long an object that has used its burst may have one more event.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan RefillPeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many events that differ only in their message are written within <see cref="SimilarWindow"/> before they become one.</summary>
    /// <value>The default is 10.</value>
    public int MaxSimilar { get; init; } = 10;

    /// <summary>How long after the last similar event counting begins anew.</summary>
    /// <value>The default is 10 minutes.</value>
    public TimeSpan SimilarWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a write is tried that fails for a passing reason.</summary>
    /// <value>The default is 5.</value>
    public int MaxTries { get; init; } = 5;

    /// <summary>The waits between tries.</summary>
    /// <value>The default is 1 s doubling up to 10 s, with a tenth of jitter.</value>
    public BackoffOptions Retry { get; init; } = new() { Base = TimeSpan.FromSeconds(1), Cap = TimeSpan.FromSeconds(10), Jitter = 0.1 };

    /// <summary>How long disposing the recorder may write out what waits.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where jitter comes from.</summary>
    public Random Random { get; init; } = new();

    /// <summary>Where the recorder reports itself; null reports nothing.</summary>
    public EventMetrics? Metrics { get; init; }
}
