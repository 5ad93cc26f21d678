namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>Bounds of the requests to one member.</summary>
internal sealed record DispatcherOptions
{
    /// <summary>Requests under way at once. Default 32.</summary>
    public int MaxConcurrentRequests { get; init; } = 32;

    /// <summary>Connection failures and timeouts within <see cref="CircuitWindow"/> that open the circuit when nothing else happened. Default 10.</summary>
    public int CircuitThreshold { get; init; } = 10;

    /// <summary>The window in which they are counted. Default 10 s.</summary>
    public TimeSpan CircuitWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an open circuit fails intents at once before it lets one try. Default 5 s.</summary>
    public TimeSpan CircuitBreak { get; init; } = TimeSpan.FromSeconds(5);
}
