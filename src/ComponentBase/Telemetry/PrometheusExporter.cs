using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace KubeFed.ComponentBase.Telemetry;

/// <summary>Keeps the text of the latest collection.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly StringBuilder _text = new();

    public Func<int, bool>? Collect { get; set; }

    public string Latest => _text.ToString();

    public override ExportResult Export(in Batch<Metric> batch)
    {
        PrometheusWriter.Write(batch, _text.Clear());
        return ExportResult.Success;
    }
}
