using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using KubeFed.Scale.Http;

namespace KubeFed.Scale.Measure;

/// <summary>Where a run took place.</summary>
internal sealed record MachineFacts
{
    public required int Cores { get; init; }

    public required string Processor { get; init; }

    public required double MemoryGiB { get; init; }

    public required string Runtime { get; init; }

    public required string Kubernetes { get; init; }

    /// <summary>The load average of the minute before the run.</summary>
    public required double LoadBefore { get; init; }

    public static async Task<MachineFacts> ReadAsync(ApiClient client, double loadBefore, CancellationToken cancellationToken) => new()
    {
        Cores = Environment.ProcessorCount,
        Processor = Field("/proc/cpuinfo", "model name"),
        MemoryGiB = Math.Round(double.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0]) / (1 << 20), 1),
        Runtime = RuntimeInformation.FrameworkDescription,
        Kubernetes = JsonNode.Parse(await client.GetAsync("version", cancellationToken))!["gitVersion"]!.ToString(),
        LoadBefore = loadBefore,
    };

    private static string Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "0";
}
