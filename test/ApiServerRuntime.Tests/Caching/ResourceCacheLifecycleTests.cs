using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Storage;
using static KubeFed.ApiServerRuntime.Tests.Caching.CacheHarness;
using Waiting = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

[Parallelizable(ParallelScope.All)]
public sealed class ResourceCacheLifecycleTests
{
    [Test]
    public async Task StorageLost_NothingMissed_WatchesGoOn()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        await using var watch = await harness.WatchAfterAsync(1);
        harness.Put("a");
        Assert.That(await ReadAsync(watch, 1), Is.EqualTo(new[] { "Added a 2" }));
        harness.Storage.Break(new StorageUnavailableException("gone"));
        await Waiting.True(() => !harness.Caches.IsConnected, "the loss is noticed");
        harness.Put("b");
        harness.Storage.Mend();
        await harness.Clock.WaitForTimersAsync(2);
        harness.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That(await ReadAsync(watch, 1), Is.EqualTo(new[] { "Added b 3" }));
        Assert.That(harness.Caches.IsReady);
        Assert.That(harness.Storage.Lists, Is.EqualTo(3), "nothing is read anew");
    }

    [Test]
    public async Task StorageLost_HistoryCompacted_AllIsReadAnewAndWatchesExpire()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        harness.Put("a");
        await harness.SeenAsync(harness.Put("b"));
        await using var watch = await harness.WatchAfterAsync(3);
        var read = watch.ReadAsync(CancellationToken.None).AsTask();
        harness.Storage.Break(new StorageUnavailableException("gone"));
        await Waiting.True(() => !harness.Caches.IsConnected, "the loss is noticed");
        harness.Remove("a");
        var last = harness.Put("c");
        harness.Storage.Compact(last);
        harness.Storage.Mend();
        await Waiting.True(
            () =>
            {
                harness.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return harness.Caches.IsReady && harness.Caches.Revision == last;
            },
            "all is read anew");

        var error = (await Assert.ThrowsAsync<StatusException>(() => read.WaitAsync(Limit)))!;
        Assert.That(error.IsExpired);
        Assert.That(error.Message, Does.StartWith("too old resource version: 3 ("));
        var snapshot = await harness.Widgets.AnyAsync(CancellationToken.None);
        Assert.That(snapshot.Range("/").Select(o => o.Object.Metadata.Name), Is.EqualTo(new[] { "b", "c" }));
        Assert.That((await Assert.ThrowsAsync<StatusException>(() => harness.WatchAfterAsync(3)))!.IsExpired);
        await using var next = await harness.WatchAfterAsync(last);
        harness.Put("d");
        Assert.That(await ReadAsync(next, 1), Is.EqualTo(new[] { "Added d 6" }));
    }

    [Test]
    public async Task Load_StorageDown_IsTriedAgain()
    {
        await using var harness = new CacheHarness();
        var failures = 0;
        harness.Storage.BeforeList = () => Interlocked.Increment(ref failures) <= 5 ? throw new StorageUnavailableException("not yet") : Task.CompletedTask;
        harness.Caches.Start();
        await Waiting.True(
            () =>
            {
                harness.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return harness.Caches.IsReady;
            },
            "the caches are ready");
    }

    [Test]
    public async Task Types_ComeAndGo_CachesFollow()
    {
        await using var harness = await new CacheHarness(null, TypeBox.Gadgets).StartedAsync();
        harness.Put("a");
        Assert.That(Assert.Throws<StatusException>(() => harness.Caches.Get(TypeBox.Widgets))!.Code, Is.EqualTo(429));

        harness.Types.Set(TypeBox.Gadgets, TypeBox.Widgets);
        var cache = harness.Caches.Get(TypeBox.Widgets);
        await harness.SeenAsync(harness.Put("b"));
        Assert.That((await cache.AnyAsync(CancellationToken.None).AsTask().WaitAsync(Limit)).Count, Is.EqualTo(2));
        await using var watch = await harness.WatchAfterAsync(harness.Caches.Revision);
        var read = watch.ReadAsync(CancellationToken.None).AsTask();

        harness.Types.Set(TypeBox.Gadgets, TypeBox.Widgets with { Plural = "widgets", ShortNames = ["w"] });
        Assert.That(harness.Caches.Get(TypeBox.Widgets), Is.SameAs(cache), "the same definition keeps its cache");
        Assert.That(read.IsCompleted, Is.False);

        var renewed = TypeBox.Widgets with { DefinitionUid = "another" };
        harness.Types.Set(TypeBox.Gadgets, renewed);
        Assert.That(await read.WaitAsync(Limit), Is.Empty, "the watch ends in order");
        Assert.That(harness.Caches.Get(renewed), Is.Not.SameAs(cache));
        Assert.That(Assert.Throws<StatusException>(() => harness.Caches.Get(TypeBox.Widgets))!.Code, Is.EqualTo(429));
        Assert.That((await harness.Caches.Get(renewed).NewestAsync(CancellationToken.None).AsTask().WaitAsync(Limit)).Count, Is.EqualTo(2));
        Assert.That((await Assert.ThrowsAsync<StatusException>(() => Read429Async(harness, cache)))!.Code, Is.EqualTo(429));
    }

    [Test]
    public async Task Bookmarks_RevisionRose_ComeOnceAMinuteAndBeforeTheEnd()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        await using var watch = await harness.WatchAsync(new()
        {
            KeyPrefix = TypeBox.Widgets.KeyPrefix,
            AfterRevision = 1,
            Bookmarks = true,
            Timeout = TimeSpan.FromSeconds(150),
        });
        var read = watch.ReadAsync(CancellationToken.None).AsTask();
        harness.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.That(read.IsCompleted, Is.False, "nothing to tell");
        await harness.SeenAsync(harness.Storage.Put("/configmaps/default/x", Json("x")));
        harness.Clock.Advance(TimeSpan.FromSeconds(58));
        Assert.That(read.IsCompleted, Is.False, "the next is due after two minutes");
        harness.Clock.Advance(TimeSpan.FromSeconds(3));
        var bookmark = (await read.WaitAsync(Limit)).Single();
        Assert.That(Describe(bookmark), Is.EqualTo("Bookmark 2"));
        Assert.That(bookmark.Payload.InitialEventsEnd, Is.False);
        Assert.That(bookmark.Payload.Object.ApiVersion, Is.EqualTo("demo.example.dev/v1"));

        read = watch.ReadAsync(CancellationToken.None).AsTask();
        await harness.SeenAsync(harness.Storage.Put("/configmaps/default/x", Json("x")));
        harness.Clock.Advance(TimeSpan.FromSeconds(25));
        Assert.That(read.IsCompleted, Is.False);
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(Describe((await read.WaitAsync(Limit)).Single()), Is.EqualTo("Bookmark 3"), "two seconds before the end");

        read = watch.ReadAsync(CancellationToken.None).AsTask();
        harness.Put("a");
        Assert.That((await read.WaitAsync(Limit)).Select(Describe), Is.EqualTo(new[] { "Added a 4" }));
    }

    [Test]
    public async Task Bookmarks_EventsAreQueued_FollowThem()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        await using var watch = await harness.WatchAsync(new() { KeyPrefix = TypeBox.Widgets.KeyPrefix, AfterRevision = 1, Bookmarks = true });
        var first = watch.ReadAsync(CancellationToken.None).AsTask();
        harness.Put("a");
        await first.WaitAsync(Limit);
        harness.Put("b");
        await harness.SeenAsync(harness.Storage.Put("/configmaps/default/x", Json("x")));
        harness.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.That(await ReadAsync(watch, 2), Is.EqualTo(new[] { "Added b 3", "Bookmark 4" }));
    }

    [Test]
    public async Task DisposeAsync_OpenWatches_End()
    {
        var harness = await new CacheHarness().StartedAsync();
        var watch = await harness.WatchAfterAsync(1);
        var read = watch.ReadAsync(CancellationToken.None).AsTask();
        await harness.DisposeAsync();
        Assert.That(await read.WaitAsync(Limit), Is.Empty);
        await watch.DisposeAsync();
        Assert.That(harness.Caches.IsReady, Is.False);
    }

    private static async Task Read429Async(CacheHarness harness, IResourceCache gone)
    {
        var read = gone.AnyAsync(CancellationToken.None).AsTask();
        await Waiting.True(
            () =>
            {
                harness.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return read.IsCompleted;
            },
            "the read gives up");
        await read;
    }
}
