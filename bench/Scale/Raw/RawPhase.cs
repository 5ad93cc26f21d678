using KubeFed.Scale.Measure;

namespace KubeFed.Scale.Raw;

/// <summary>The raw limit of creates, changes or removals.</summary>
/// <param name="Seconds">From the first request until the last answer.</param>
/// <param name="Cpu">Processor time meanwhile.</param>
internal sealed record RawPhase(double Seconds, CpuSeconds Cpu);
