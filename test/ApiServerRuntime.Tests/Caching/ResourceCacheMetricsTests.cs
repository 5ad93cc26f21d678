using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KubeFed.ApiServerRuntime.Caching;
using static KubeFed.ApiServerRuntime.Tests.Caching.CacheHarness;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

[Parallelizable(ParallelScope.All)]
public sealed class ResourceCacheMetricsTests
{
    [Test]
    public async Task Measurements_WritesAndWatches_AreCountedByType()
    {
        await using var harness = new CacheHarness(new() { WatchQueueLength = 1, MinEvents = 2, FreshEvents = TimeSpan.Zero }, TypeBox.Widgets);
        var sums = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == harness.Meters && instrument.Meter.Name == ResourceCacheMetrics.MeterName)
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

        await harness.StartedAsync();
        await using (var watch = await harness.WatchAfterAsync(1))
        {
            var first = watch.ReadAsync(CancellationToken.None).AsTask();
            harness.Put("a");
            await first.WaitAsync(Limit);
            harness.Put("b");
            harness.Put("c");
            harness.Storage.Put(Key("c"), "{");
            await harness.SeenAsync(harness.Put("a"));
            Assert.That(await ReadAsync(watch, 1), Is.EqualTo(new[] { "END" }));
            Assert.That(Sum("watches"), Is.EqualTo(1));
        }

        Assert.Multiple(() =>
        {
            Assert.That(Sum("objects"), Is.EqualTo(2));
            Assert.That(Sum("watches"), Is.Zero);
            Assert.That(Sum("history_capacity"), Is.EqualTo(2));
            Assert.That(Sum("events_total"), Is.EqualTo(5));
            Assert.That(Sum("events_sent_total"), Is.EqualTo(1));
            Assert.That(Sum("loads_total"), Is.EqualTo(1));
            Assert.That(Sum("watches_lagging_total"), Is.EqualTo(1));
            Assert.That(Sum("watches_cut_total"), Is.EqualTo(1));
            Assert.That(Sum("undecodable_total"), Is.EqualTo(1));
        });

        harness.Types.Set();
        Assert.That(Sum("objects"), Is.Zero);
        Assert.That(Sum("history_capacity"), Is.Zero);

        long Sum(string name) => sums.GetValueOrDefault($"apiserver_cache_{name} group=demo.example.dev,resource=widgets");
    }
}
