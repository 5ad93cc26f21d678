using System.Diagnostics.Metrics;
using KubeFed.ComponentBase.Telemetry;

namespace KubeFed.ComponentBase.Tests.Telemetry;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PrometheusReaderTests : IDisposable
{
    // Providers see the meters of the whole process, so each test has names of its own.
    private readonly string _area = $"Test.{Guid.NewGuid():N}";
    private readonly ComponentTelemetry _telemetry;

    public PrometheusReaderTests() =>
        _telemetry = ComponentTelemetry.Start(new() { ServiceName = "test", Meters = [$"{_area}.*"], Environment = _ => null });

    public void Dispose() => _telemetry.Dispose();

    [Test]
    public void Scrape_OwnMetersOnly_LeavesOutThoseOfOtherFactories()
    {
        using var own = ComponentTelemetry.Start(new() { ServiceName = "own", Meters = [$"{_area}.*"], OwnMetersOnly = true, Environment = _ => null });
        own.Meters.Create($"{_area}.Same").CreateCounter<long>("requests").Add(1);
        _telemetry.Meters.Create($"{_area}.Same").CreateCounter<long>("requests").Add(10);

        Assert.That(own.Prometheus.Scrape(), Does.Contain("\nrequests_total 1\n"));
        Assert.That(_telemetry.Prometheus.Scrape(), Does.Contain("\nrequests_total 11\n"));
    }

    [Test]
    public void Scrape_EveryKindOfInstrument_IsTheGoldenText()
    {
        var meter = _telemetry.Meters.Create($"{_area}.Golden");
        meter.CreateCounter<long>("requests", description: "Requests \\ of\nall kinds.").Add(3, new("code", 200), new("path.name", "a\"b\\c\nd"));
        meter.CreateCounter<double>("busy", "s").Add(1.5);
        meter.CreateUpDownCounter<long>("open").Add(-2);
        meter.CreateGauge<double>("temperature", "Cel").Record(-0.25);
        meter.CreateObservableGauge("limits", () => new Measurement<double>[] { new(double.PositiveInfinity, new KeyValuePair<string, object?>("kind", "none")) });
        var histogram = meter.CreateHistogram("latency", "s", "How long.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 1, 10] });
        foreach (var seconds in new[] { 0.001, 0.5, 0.75, 100 })
        {
            histogram.Record(seconds, new KeyValuePair<string, object?>("verb", "GET"));
        }

        var sizes = meter.CreateHistogram("size", "By", "How much.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [] });
        sizes.Record(2, new KeyValuePair<string, object?>("verb", "PUT"));
        sizes.Record(0.5, new KeyValuePair<string, object?>("verb", "PUT"));

        Assert.That(_telemetry.Prometheus.Scrape(), Is.EqualTo(
            """
            # TYPE busy_seconds_total counter
            busy_seconds_total 1.5
            # HELP latency_seconds How long.
            # TYPE latency_seconds histogram
            latency_seconds_bucket{verb="GET",le="0.005"} 1
            latency_seconds_bucket{verb="GET",le="1"} 3
            latency_seconds_bucket{verb="GET",le="10"} 3
            latency_seconds_bucket{verb="GET",le="+Inf"} 4
            latency_seconds_sum{verb="GET"} 101.251
            latency_seconds_count{verb="GET"} 4
            # TYPE limits gauge
            limits{kind="none"} +Inf
            # TYPE open gauge
            open -2
            # HELP requests_total Requests \\ of\nall kinds.
            # TYPE requests_total counter
            requests_total{code="200",path_name="a\"b\\c\nd"} 3
            # HELP size_bytes How much.
            # TYPE size_bytes summary
            size_bytes_sum{verb="PUT"} 2.5
            size_bytes_count{verb="PUT"} 2
            # TYPE temperature_Cel gauge
            temperature_Cel -0.25

            """));
    }

    [Test]
    public void Scrape_OneNameInTwoMeters_IsOneFamily()
    {
        _telemetry.Meters.Create($"{_area}.One").CreateCounter<long>("requests").Add(1, new KeyValuePair<string, object?>("from", "one"));
        _telemetry.Meters.Create($"{_area}.Two").CreateCounter<long>("requests").Add(2, new KeyValuePair<string, object?>("from", "two"));
        _telemetry.Meters.Create($"{_area}.Three").CreateGauge<long>("requests_total").Record(3);
        var lines = _telemetry.Prometheus.Scrape().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Is.EquivalentTo(new[] { "# TYPE requests_total counter", "requests_total{from=\"one\"} 1", "requests_total{from=\"two\"} 2" }));
    }

    [Test]
    public void Scrape_Twice_CountersGoOn()
    {
        var counter = _telemetry.Meters.Create($"{_area}.Again").CreateCounter<long>("things");
        counter.Add(1);
        _telemetry.Prometheus.Scrape();
        counter.Add(1);
        Assert.That(_telemetry.Prometheus.Scrape(), Does.Contain("things_total 2\n"));
    }

    [Test]
    public void Scrape_Defaults_TellOfTheProcess()
    {
        using var telemetry = ComponentTelemetry.Start(new() { ServiceName = "test", Environment = _ => null });
        var text = telemetry.Prometheus.Scrape();
        foreach (var name in new[] { "process_cpu_seconds_total", "process_resident_memory_bytes", "process_start_time_seconds", "process_threads", "dotnet_gc_collections_total" })
        {
            Assert.That(text, Does.Match($"(?m)^{name}(\\{{.*\\}})? [0-9]"), name);
        }

        Assert.That(text, Does.Match("(?m)^kubefed_build_info\\{commit=\".+\",platform=\".+\",runtime=\".+\",version=\"v.+\"\\} 1$"));
        Assert.That(PrometheusText.Faults(text), Is.Empty);
    }

    [Test]
    public void Start_OtlpVariables_DecideOnTracing()
    {
        Assert.That(_telemetry.IsTracing, Is.False);
        using var wanted = ComponentTelemetry.Start(new() { ServiceName = "test", Environment = name => name == "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" ? "http://127.0.0.1:1" : null });
        Assert.That(wanted.IsTracing, Is.True);
    }
}
