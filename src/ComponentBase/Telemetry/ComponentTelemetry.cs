using System.Diagnostics.Metrics;
using KubeFed.ComponentBase.Versioning;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace KubeFed.ComponentBase.Telemetry;

/// <summary>
/// The metrics and traces of a process. Metrics are always there to be scraped. Both are also sent by OTLP when the environment says where
/// to, by OpenTelemetry's own variables: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or <c>OTEL_EXPORTER_OTLP_METRICS_ENDPOINT</c> and
/// <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>; the further <c>OTEL_*</c> variables are honoured too, and <c>OTEL_SDK_DISABLED=true</c>
/// sends nothing. Without them nothing leaves the process and activities cost nothing.
/// </summary>
public sealed class ComponentTelemetry : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly ServiceProvider _services;
    private readonly MeterProvider _meterProvider;
    private readonly TracerProvider? _tracerProvider;

    private ComponentTelemetry(ServiceProvider services, PrometheusReader prometheus, MeterProvider meterProvider, TracerProvider? tracerProvider)
    {
        _services = services;
        _meterProvider = meterProvider;
        _tracerProvider = tracerProvider;
        Prometheus = prometheus;
        Meters = services.GetRequiredService<IMeterFactory>();
    }

    /// <summary>Where all parts of the process make their instruments.</summary>
    public IMeterFactory Meters { get; }

    /// <summary>The metrics as Prometheus text.</summary>
    public PrometheusReader Prometheus { get; }

    /// <summary>Whether activities are recorded and sent.</summary>
    public bool IsTracing => _tracerProvider is not null;

    /// <summary>Begins to collect.</summary>
    public static ComponentTelemetry Start(TelemetryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var resource = ResourceBuilder.CreateDefault()
            .AddService(options.ServiceName, serviceVersion: BuildInfo.Current.Version)
            .AddEnvironmentVariableDetector();
        var prometheus = new PrometheusReader();
        var metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter([.. options.Meters])
            .AddReader(prometheus.MetricReader);
        if (options.OwnMetersOnly)
        {
            var own = services.GetRequiredService<IMeterFactory>();
            metrics.AddView(instrument => instrument.Meter.Scope is IMeterFactory other && other != own ? MetricStreamConfiguration.Drop : null);
        }

        if (IsWanted(options, "METRICS"))
        {
            metrics.AddOtlpExporter();
        }

        var telemetry = new ComponentTelemetry(services, prometheus, metrics.Build(), Traces(options, resource));
        ProcessMetrics.Register(telemetry.Meters, BuildInfo.Current);
        return telemetry;
    }

    /// <summary>Sends what is pending, within a few seconds, and ends.</summary>
    public void Dispose()
    {
        _tracerProvider?.Dispose();
        _meterProvider.Dispose();
        Prometheus.Dispose();
        _services.Dispose();
    }

    private static TracerProvider? Traces(TelemetryOptions options, ResourceBuilder resource) => !IsWanted(options, "TRACES") ? null : Sdk
        .CreateTracerProviderBuilder()
        .SetResourceBuilder(resource)
        .AddSource([.. options.Sources])
        .AddOtlpExporter()
        .Build();

    private static bool IsWanted(TelemetryOptions options, string signal)
    {
        bool IsSet(string name) => !string.IsNullOrWhiteSpace(options.Environment(name));
        return !string.Equals(options.Environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
            && (IsSet(Endpoint) || IsSet($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"));
    }
}
