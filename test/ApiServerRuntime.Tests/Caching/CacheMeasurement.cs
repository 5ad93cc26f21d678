using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

[Explicit("measures this machine")]
[NonParallelizable]
public sealed class CacheMeasurement
{
    private static readonly string Padding = new('x', 1700);

    private ServiceProvider _services = null!;
    private MemoryStorage _storage = null!;

    [SetUp]
    public void SetUp()
    {
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _storage = new(TimeProvider.System);
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        await _storage.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Test]
    public async Task List_TwentyThousandObjects_TimeAndMemory()
    {
        for (var i = 0; i < 20_000; i++)
        {
            await PutAsync(i, 0);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var caches = NewCaches();
        var started = Stopwatch.GetTimestamp();
        caches.Start();
        while (!caches.IsReady)
        {
            await Task.Yield();
        }

        var load = Stopwatch.GetElapsedTime(started);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        var snapshot = await caches.Get(TypeBox.Widgets).NewestAsync(CancellationToken.None);
        long json = snapshot.Range("/").Sum(o => (long)o.Object.Utf8Json.Length);
        for (var round = 0; round < 3; round++)
        {
            started = Stopwatch.GetTimestamp();
            var walked = snapshot.Range(TypeBox.Widgets.KeyPrefix).Take(10_000).Sum(o => o.Object.Utf8Json.Length);
            await TestContext.Out.WriteLineAsync($"walk of 10,000: {Stopwatch.GetElapsedTime(started).TotalMicroseconds:F0} us ({walked} bytes)");
        }

        await TestContext.Out.WriteLineAsync($"load {load.TotalMilliseconds:F0} ms; {bytes / 20_000} bytes an object, of these JSON {json / 20_000}");
        for (var i = 0; i < 20_000; i++)
        {
            await PutAsync(i, 1);
        }

        while (caches.Revision < 40_001)
        {
            await Task.Yield();
        }

        var withHistory = GC.GetTotalMemory(forceFullCollection: true) - before - bytes;
        await TestContext.Out.WriteLineAsync($"after 20,000 updates: {withHistory / 20_000} bytes an event, the storage's own history included");
        GC.KeepAlive(snapshot);
    }

    [Test]
    public async Task Watch_FiveHundredWatches_CpuOfAnEvent()
    {
        const int Watches = 500, Events = 2_000;
        await using var caches = NewCaches();
        caches.Start();
        var cache = caches.Get(TypeBox.Widgets);
        await cache.NewestAsync(CancellationToken.None);
        var readers = new List<Task<long>>();
        for (var i = 0; i < Watches; i++)
        {
            var watch = await cache.WatchAsync(new() { KeyPrefix = TypeBox.Widgets.KeyPrefix, AfterRevision = 1 }, CancellationToken.None);
            readers.Add(Task.Run(() => CountAsync(watch, Events)));
        }

        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Events; i++)
        {
            var revision = await PutAsync(i % 100, i / 100);
            await cache.NotOlderThanAsync(revision, CancellationToken.None);
        }

        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromMinutes(2));
        var elapsed = Stopwatch.GetElapsedTime(started);
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        await TestContext.Out.WriteLineAsync(
            $"{Events} events to {Watches} watches: {elapsed.TotalMilliseconds:F0} ms, CPU {cpu.TotalMilliseconds:F0} ms, "
            + $"{cpu.TotalMicroseconds / Events / Watches:F2} us a delivery; at 200 events/s {cpu.TotalSeconds / Events * 200:P1} of a core");
    }

    private static async Task<long> CountAsync(IResourceWatch watch, int events)
    {
        var bytes = 0L;
        await using (watch)
        {
            for (var seen = 0; seen < events;)
            {
                var batch = await watch.ReadAsync(CancellationToken.None);
                Assert.That(batch, Is.Not.Empty, "the watch was cut");
                seen += batch.Count;
                foreach (var @event in batch)
                {
                    bytes += @event.Payload.Encoded("json", @event.Type, static (p, _) => p.Object.Utf8Json.ToArray()).Length;
                }
            }
        }

        return bytes;
    }

    private ResourceCacheSet NewCaches() => new(
        _storage,
        new TypeBox(TypeBox.Widgets),
        type => value => StoredObjectCodec.Decode(value, type),
        new(),
        new(_services.GetRequiredService<IMeterFactory>()),
        TimeProvider.System,
        NullLogger<ResourceCacheSet>.Instance);

    private async Task<long> PutAsync(int number, int round)
    {
        var name = $"object-{number:D5}";
        var key = CacheHarness.Key(name);
        var value = Encoding.UTF8.GetBytes(
            $$"""{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"creationTimestamp":"2026-01-02T03:04:05Z","generation":{{round + 1}},"labels":{"app":"demo"},"name":"{{name}}","namespace":"default","uid":"0c0ffee0-0000-4000-8000-{{number:D12}}"},"spec":{"text":"{{Padding}}"} }""");
        var result = round == 0 && await _storage.GetAsync(key, CancellationToken.None) is null
            ? await _storage.CreateAsync(key, value, null, CancellationToken.None)
            : await _storage.UpdateAsync(key, value, (await _storage.GetAsync(key, CancellationToken.None))!.Revision, null, CancellationToken.None);
        return result.Revision;
    }
}
