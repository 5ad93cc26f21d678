using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.DependencyInjection;
using Eventually = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.KubeClient.Tests.Informers;

[Parallelizable(ParallelScope.All)]
public sealed class InformerMetricsTests
{
    [Test]
    public async Task RunAsync_Events_AreCountedWithTheirTags()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var sums = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Meter.Name == InformerMetrics.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var text = string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));
            sums.AddOrUpdate($"{instrument.Name} {text}", value, (_, sum) => sum + value);
        });
        listener.Start();

        var api = new FakeApi();
        api.Put("a");
        var environment = new InformerEnvironment { Metrics = new InformerMetrics(meters, new KeyValuePair<string, object?>("cluster", "one")) };
        await using var cache = new SharedInformerCache(new DynamicClient(api), environment);
        var lease = cache.Acquire(FakeApi.Resource);
        using var registration = lease.Informer.AddHandler(new RecordingHandler());
        await lease.Informer.WaitForSyncAsync().WaitAsync(TimeSpan.FromSeconds(30));
        api.Put("b");
        api.Delete("a");
        await Eventually.Equal("13", () => lease.Informer.LastResourceVersion, "all events");

        const string Tags = "cluster=one,group=,resource=configmaps";
        Assert.Multiple(() =>
        {
            Assert.That(sums.GetValueOrDefault($"kubeclient_reflector_lists_total {Tags}"), Is.EqualTo(1));
            Assert.That(sums.GetValueOrDefault($"kubeclient_reflector_watches_total {Tags}"), Is.EqualTo(1));
            Assert.That(sums.GetValueOrDefault($"kubeclient_watch_events_total {Tags},type=added"), Is.EqualTo(1));
            Assert.That(sums.GetValueOrDefault($"kubeclient_watch_events_total {Tags},type=deleted"), Is.EqualTo(1));
            Assert.That(sums.GetValueOrDefault($"kubeclient_informer_objects {Tags}"), Is.EqualTo(1));
        });
        await lease.DisposeAsync();
        Assert.That(sums.GetValueOrDefault($"kubeclient_informer_objects {Tags}"), Is.Zero);
        Assert.That(sums.GetValueOrDefault($"kubeclient_informer_pending {Tags}"), Is.Zero);
    }
}
