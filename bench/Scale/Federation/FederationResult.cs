namespace KubeFed.Scale.Federation;

/// <summary>What was measured of a federation.</summary>
/// <param name="Phases">In their order.</param>
/// <param name="Latencies">How long single changes took to be seen in every member.</param>
/// <param name="IdleCpuPercent">Of one core, by the controller manager while nothing happens; null where it was not measured.</param>
internal sealed record FederationResult(IReadOnlyList<Phase> Phases, IReadOnlyList<Latency> Latencies, double? IdleCpuPercent)
{
    public static readonly FederationResult None = new([], [], null);
}
