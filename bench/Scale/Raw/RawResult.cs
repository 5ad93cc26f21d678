namespace KubeFed.Scale.Raw;

/// <summary>The raw limit.</summary>
internal sealed record RawResult
{
    /// <summary>By the names of the federation's phases: create, update, delete.</summary>
    public required IReadOnlyDictionary<string, RawPhase> Phases { get; init; }

    /// <summary>Creates, with server-side apply in the members in place of POST.</summary>
    public required RawPhase Apply { get; init; }

    /// <summary>Requests in flight to each cluster.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Objects a second at each concurrency that was tried.</summary>
    public required IReadOnlyDictionary<int, double> Tried { get; init; }
}
