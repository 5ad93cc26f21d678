using System.Text;
using OpenTelemetry.Metrics;

namespace KubeFed.ComponentBase.Telemetry;

/// <summary>
/// The process's metrics in Prometheus' text format 0.0.4, collected anew for each scrape. Scrapes that come at once are served one after
/// the other. A metric has at most 2000 series; what exceeds them is summed under the label <c>otel_metric_overflow</c>.
/// </summary>
public sealed class PrometheusReader : IDisposable
{
    /// <summary>The media type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int CollectTimeoutMilliseconds = 10_000;

    private readonly Lock _lock = new();
    private readonly PrometheusExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;

    /// <summary>Makes a reader to be added to one meter provider.</summary>
    public PrometheusReader()
    {
        _reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
    }

    internal MetricReader MetricReader => _reader;

    /// <summary>Collects all metrics and returns them as text.</summary>
    /// <exception cref="TimeoutException">An observable instrument did not answer within ten seconds.</exception>
    public string Scrape()
    {
        lock (_lock)
        {
            return _exporter.Collect!(CollectTimeoutMilliseconds)
                ? _exporter.Latest
                : throw new TimeoutException("the metrics could not be collected");
        }
    }

    /// <inheritdoc cref="Scrape"/>
    public byte[] ScrapeUtf8() => Encoding.UTF8.GetBytes(Scrape());

    /// <summary>Ends the reader.</summary>
    public void Dispose() => _reader.Dispose();
}
