using KubeFed.ComponentBase.Telemetry;

namespace KubeFed.ComponentBase.Tests.Telemetry;

[Parallelizable(ParallelScope.All)]
public class PrometheusNamesTests
{
    [TestCase("process.cpu", "s", "Counter", "process_cpu_seconds_total")]
    [TestCase("process_cpu_seconds_total", "s", "Counter", "process_cpu_seconds_total")]
    [TestCase("process.resident_memory", "By", "Gauge", "process_resident_memory_bytes")]
    [TestCase("workqueue.adds", "", "Counter", "workqueue_adds_total")]
    [TestCase("workqueue.depth", "{keys}", "Gauge", "workqueue_depth")]
    [TestCase("workqueue.queue.duration", "s", "Histogram", "workqueue_queue_duration_seconds")]
    [TestCase("usage", "1", "Gauge", "usage_ratio")]
    [TestCase("usage", "1", "Counter", "usage_total")]
    [TestCase("speed", "By/s", "Gauge", "speed_bytes_per_second")]
    [TestCase("9 lives -- of cats", "", "Gauge", "_9_lives_of_cats")]
    [TestCase("seconds", "s", "Gauge", "seconds")]
    public void Metric_NameAndUnit_AreJoined(string instrument, string unit, string type, string expected) =>
        Assert.That(PrometheusNames.Metric(instrument, unit, Enum.Parse<PrometheusType>(type)), Is.EqualTo(expected));

    [FsCheck.NUnit.Property]
    public void AnyName_BecomesValid(string? name, string? unit)
    {
        Assert.That(PrometheusNames.Metric(name ?? "", unit ?? "", PrometheusType.Counter), Does.Match("^[a-zA-Z_:][a-zA-Z0-9_:]*$"));
        Assert.That(PrometheusNames.Label(name ?? ""), Does.Match("^[a-zA-Z_][a-zA-Z0-9_]*$"));
    }
}
