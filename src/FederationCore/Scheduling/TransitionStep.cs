namespace KubeFed.FederationCore.Scheduling;

/// <summary>What to ask of the clusters now.</summary>
public sealed record TransitionStep
{
    /// <summary>Replicas to ask for, by cluster; every cluster that was given.</summary>
    public required IReadOnlyDictionary<string, long> Replicas { get; init; }

    /// <summary>What is to be given to the next step.</summary>
    public required TransitionState State { get; init; }

    /// <summary>What remains after this step waits for this.</summary>
    public required TransitionWait Wait { get; init; }

    /// <summary>When the next step is due though nothing changes; null when it need not be taken before something changes.</summary>
    public required TimeSpan? NextAfter { get; init; }
}
