namespace KubeFed.ComponentBase.Telemetry;

internal enum PrometheusType
{
    Counter,
    Gauge,
    Histogram,
    Summary,
}
