using System.Text.Json;
using KubeFed.Scale.Federation;
using KubeFed.Scale.Measure;
using KubeFed.Scale.Raw;

namespace KubeFed.Scale.Report;

/// <summary>Everything that a run found.</summary>
internal sealed record ScaleReport
{
    /// <summary>What repeats the run.</summary>
    public required string Command { get; init; }

    public required int Objects { get; init; }

    public required int Members { get; init; }

    public required int Namespaces { get; init; }

    public required string Type { get; init; }

    public required int WarmUp { get; init; }

    public required MachineFacts Machine { get; init; }

    /// <summary>The load average of the last minute of the run.</summary>
    public required double LoadAfter { get; init; }

    public required RawResult Raw { get; init; }

    /// <summary>In their order; empty where only the raw limit was measured.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>How long single changes took.</summary>
    public IReadOnlyList<Latency> Latencies { get; init; } = [];

    /// <summary>Of one core, by the controller manager while nothing happens; null where it was not measured.</summary>
    public double? IdleCpuPercent { get; init; }

    /// <summary>Writes it for comparison with later runs.</summary>
    public async Task WriteJsonAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, ReportJsonContext.Default.ScaleReport, cancellationToken);
    }
}
