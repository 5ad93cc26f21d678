using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

/// <summary>Writers, readers and watches at the same time over the memory storage, on the real clock.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CacheConcurrencyTests
{
    private const int Writers = 4;
    private const int WritesEach = 400;

    [Test]
    public async Task Watches_ConcurrentWriters_AllSeeTheSameHistory()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using var storage = new MemoryStorage(TimeProvider.System);
        await using var caches = new ResourceCacheSet(
            storage,
            new TypeBox(TypeBox.Widgets),
            type => value => StoredObjectCodec.Decode(value, type),
            new() { WatchQueueLength = 8 },
            new(services.GetRequiredService<IMeterFactory>()),
            TimeProvider.System,
            NullLogger<ResourceCacheSet>.Instance);
        caches.Start();
        var cache = caches.Get(TypeBox.Widgets);
        await cache.NewestAsync(CancellationToken.None).AsTask().WaitAsync(CacheHarness.Limit);

        using var stop = new CancellationTokenSource();
        var histories = Enumerable.Range(0, 12).Select(i => Task.Run(() => CollectAsync(cache, i, stop.Token))).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(storage, cache, writer))))
            .WaitAsync(CacheHarness.Limit * 2);
        await storage.CreateAsync(CacheHarness.Key("last"), Encoding.UTF8.GetBytes(CacheHarness.Json("last")), null, CancellationToken.None);

        var seen = await Task.WhenAll(histories).WaitAsync(CacheHarness.Limit);
        var expected = new List<long>();
        await foreach (var batch in storage.WatchAsync(TypeBox.Widgets.KeyPrefix, 1, CancellationToken.None))
        {
            expected.AddRange(batch.Events.Select(e => e.Revision));
            if (batch.Events.Any(e => e.Key == CacheHarness.Key("last")))
            {
                break;
            }
        }

        foreach (var history in seen)
        {
            Assert.That(history, Is.EqualTo(expected), "each event once, in order");
        }
    }

    /// <summary>The revisions that a watch sees until the last object; a watch that is ended goes on from where it was.</summary>
    private static async Task<List<long>> CollectAsync(IResourceCache cache, int number, CancellationToken cancellationToken)
    {
        var seen = new List<long>();
        var random = new Random(number);
        while (true)
        {
            await using var watch = await cache.WatchAsync(
                new() { KeyPrefix = TypeBox.Widgets.KeyPrefix, AfterRevision = seen.Count == 0 ? 1 : seen[^1] }, cancellationToken);
            for (var reads = random.Next(5, 50); reads > 0; reads--)
            {
                var events = await watch.ReadAsync(cancellationToken);
                seen.AddRange(events.Where(e => e.Type != WatchEventType.Bookmark).Select(CacheHarness.RevisionOf));
                if (events.Any(e => e.Payload.Object.Metadata.Name == "last"))
                {
                    return seen;
                }
            }
        }
    }

    /// <summary>Creates, changes and removes its own objects, and reads each write back.</summary>
    private static async Task WriteAsync(MemoryStorage storage, IResourceCache cache, int writer)
    {
        var random = new Random(writer);
        var revisions = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < WritesEach; i++)
        {
            var name = $"w{writer}-{random.Next(20)}";
            var key = CacheHarness.Key(name);
            var json = Encoding.UTF8.GetBytes(CacheHarness.Json(name, size: i));
            var at = revisions.GetValueOrDefault(key);
            var removes = at > 0 && random.Next(3) == 0;
            var result = at == 0
                ? await storage.CreateAsync(key, json, null, CancellationToken.None)
                : removes
                    ? await storage.DeleteAsync(key, at, CancellationToken.None)
                    : await storage.UpdateAsync(key, json, at, null, CancellationToken.None);
            Assert.That(result.Succeeded);
            revisions[key] = removes ? 0 : result.Revision;
            var snapshot = await cache.NewestAsync(CancellationToken.None);
            Assert.That(snapshot.Find(key)?.Revision ?? 0, Is.EqualTo(revisions[key]), "a read sees the write before it");
        }
    }
}
