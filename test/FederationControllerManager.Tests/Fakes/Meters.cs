using System.Diagnostics.Metrics;
using KubeFed.ComponentBase.Telemetry;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>The metrics of one test, as Prometheus would scrape them.</summary>
internal sealed class Meters : IDisposable
{
    private readonly ComponentTelemetry _telemetry = ComponentTelemetry.Start(
        new TelemetryOptions { ServiceName = "test", OwnMetersOnly = true, Environment = static _ => null });

    public IMeterFactory Factory => _telemetry.Meters;

    /// <summary>The lines that begin with a name, in the order of the text.</summary>
    public string[] Lines(string name) =>
        [.. _telemetry.Prometheus.Scrape().Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))];

    /// <summary>The type of a metric, or null where it is not there.</summary>
    public string? TypeOf(string name)
    {
        var start = $"# TYPE {name} ";
        return _telemetry.Prometheus.Scrape().Split('\n').FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..];
    }

    public void Dispose() => _telemetry.Dispose();
}
