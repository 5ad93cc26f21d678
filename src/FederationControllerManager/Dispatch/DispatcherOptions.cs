namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>Bounds of the requests to one member.</summary>
internal sealed record DispatcherOptions
{
    /// <summary>Requests under way at once, at the start. Default 16.</summary>
    public int InitialConcurrency { get; init; } = 16;

    /// <summary>The most requests under way at once, however fast the member answers. Default 64.</summary>
    public int MaxConcurrency { get; init; } = 64;

    /// <summary>How many times longer than usual answers may take before the member is given less. Default 4.</summary>
    public double LatencyTolerance { get; init; } = 4;

    /// <summary>Between two cuts of the concurrency: what is under way when one is made answers for the same cause. Default 500 ms.</summary>
    public TimeSpan CutInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long nothing is sent after a refusal that names no time. Default 1 s.</summary>
    public TimeSpan ThrottlePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time that a member may ask to be left alone for. Default 60 s.</summary>
    public TimeSpan MaxThrottlePause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often one request is put back because the member refused it as too much, before that is its outcome. Default 5.</summary>
    public int MaxPutBacks { get; init; } = 5;

    /// <summary>Requests in a row without an answer that open the circuit. Default 8.</summary>
    public int CircuitThreshold { get; init; } = 8;

    /// <summary>How long an open circuit lets nothing pass; doubled with each try that fails. Default 2 s.</summary>
    public TimeSpan CircuitBreak { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest of these times. Default 30 s.</summary>
    public TimeSpan MaxCircuitBreak { get; init; } = TimeSpan.FromSeconds(30);
}
