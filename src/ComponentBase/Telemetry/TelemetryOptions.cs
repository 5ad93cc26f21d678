namespace KubeFed.ComponentBase.Telemetry;

/// <summary>What a process reports about itself.</summary>
public sealed record TelemetryOptions
{
    /// <summary>The program's name in traces, unless <c>OTEL_SERVICE_NAME</c> says otherwise.</summary>
    public required string ServiceName { get; init; }

    /// <summary>Meters to report; a name may hold <c>*</c>.</summary>
    /// <value>The default is ours and the runtime's.</value>
    public IReadOnlyList<string> Meters { get; init; } = ["KubeFed.*", "System.Runtime"];

    /// <summary>
    /// Whether instruments of <see cref="Meters"/> are left out that another part of the process made for itself, by a meter factory of its
    /// own: for programs that run several components of one kind in one process.
    /// </summary>
    /// <value>Default false.</value>
    public bool OwnMetersOnly { get; init; }

    /// <summary>Activity sources to report; a name may hold <c>*</c>.</summary>
    /// <value>The default is ours.</value>
    public IReadOnlyList<string> Sources { get; init; } = ["KubeFed.*"];

    /// <summary>Reads an environment variable; for tests.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
