using KubeFed.Scale.Measure;

namespace KubeFed.Scale.Raw;

/// <summary>The raw limit.</summary>
internal sealed record RawResult
{
    /// <summary>From the first request until the last answer.</summary>
    public required double Seconds { get; init; }

    /// <summary>Requests in flight to each cluster.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Objects a second at each concurrency that was tried.</summary>
    public required IReadOnlyDictionary<int, double> Tried { get; init; }

    /// <summary>Processor time meanwhile.</summary>
    public required CpuSeconds Cpu { get; init; }
}
