using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

[Parallelizable(ParallelScope.All)]
public sealed class ResourceCacheReadTests
{
    private static IEnumerable<string> Names(ResourceSnapshot snapshot) =>
        snapshot.Range(TypeBox.Widgets.KeyPrefix).Select(o => $"{o.Object.Metadata.Name}@{o.Revision}");

    [Test]
    public async Task AnyAsync_LoadedInPages_HoldsAllInKeyOrder()
    {
        await using var harness = new CacheHarness(new() { PageSize = 2 });
        harness.Put("c");
        harness.Put("a");
        harness.Put("b");
        harness.Put("d", "another");
        harness.Storage.Put("/demo.example.dev/widgetsets/default/x", CacheHarness.Json("x"));
        harness.Put("e", "another");
        await harness.StartedAsync();

        var snapshot = await harness.Widgets.AnyAsync(CancellationToken.None);

        Assert.That(Names(snapshot), Is.EqualTo(new[] { "d@5", "e@7", "a@3", "b@4", "c@2" }));
        Assert.That(snapshot.Revision, Is.EqualTo(7));
        Assert.That(snapshot.CountRange(TypeBox.Widgets.KeyPrefixOf("default")), Is.EqualTo(3));
        Assert.That(snapshot.Range(TypeBox.Widgets.KeyPrefixOf("default"), CacheHarness.Key("a") + '\0').Count(), Is.EqualTo(2));
        Assert.That(snapshot.Find(CacheHarness.Key("b"))!.Object.Metadata.ResourceVersion, Is.EqualTo("4"));
    }

    [Test]
    public async Task NewestAsync_AfterWrites_SeesEachOfThem()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        for (var i = 0; i < 200; i++)
        {
            var revision = harness.Put("a", size: i);
            var snapshot = await harness.Widgets.NewestAsync(CancellationToken.None).AsTask().WaitAsync(CacheHarness.Limit);
            Assert.That(snapshot.Find(CacheHarness.Key("a"))!.Revision, Is.EqualTo(revision));
        }
    }

    [Test]
    public async Task NewestAsync_WriteToAnotherType_RaisesTheRevisionOfAll()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        var revision = harness.Storage.Put("/configmaps/default/x", CacheHarness.Json("x"));

        var snapshot = await harness.Widgets.NewestAsync(CancellationToken.None).AsTask().WaitAsync(CacheHarness.Limit);

        Assert.That(snapshot.Revision, Is.EqualTo(revision));
        Assert.That((await harness.Caches.Get(TypeBox.ConfigMaps).AnyAsync(CancellationToken.None)).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task NewestAsync_StorageAheadOfTheWatch_Fails504AfterThreeSeconds()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        harness.Storage.Hold(1);
        harness.Put("a");

        var read = harness.Widgets.NewestAsync(CancellationToken.None).AsTask();
        await harness.Clock.WaitForTimersAsync(2);
        harness.Clock.Advance(TimeSpan.FromSeconds(3));

        var error = (await Assert.ThrowsAsync<StatusException>(() => read.WaitAsync(CacheHarness.Limit)))!;
        Assert.That(error.Status.Message, Is.EqualTo("Timeout: Too large resource version: 2, current: 1"));
        Assert.That(error.IsTooLargeResourceVersion);
        Assert.That(error.Status.Details!.RetryAfterSeconds, Is.EqualTo(1));
        Assert.That(error.Code, Is.EqualTo(504));
    }

    [Test]
    public async Task NotOlderThanAsync_FutureRevision_WaitsForIt()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        var read = harness.Widgets.NotOlderThanAsync(3, CancellationToken.None).AsTask();
        harness.Put("a");
        harness.Put("b");

        var snapshot = await read.WaitAsync(CacheHarness.Limit);

        Assert.That(snapshot.Revision, Is.EqualTo(3));
        Assert.That(snapshot.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task NewestAsync_StorageDown_Fails503WhileAnyStateIsServed()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        await harness.SeenAsync(harness.Put("a"));
        harness.Storage.Break(new StorageUnavailableException("gone fishing"));

        var error = (await Assert.ThrowsAsync<StatusException>(() => harness.Widgets.NewestAsync(CancellationToken.None).AsTask()))!;
        Assert.That(error.Code, Is.EqualTo(503));
        Assert.That(error.Message, Does.Contain("gone fishing"));
        Assert.That((await harness.Widgets.AnyAsync(CancellationToken.None)).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task NewestAsync_ManyAtOnce_ShareTheQuestions()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        var before = harness.Storage.RevisionReads;
        var first = new TaskCompletionSource();
        harness.Storage.BeforeRevision = () => first.Task;
        var reads = Enumerable.Range(0, 50).Select(_ => harness.Widgets.NewestAsync(CancellationToken.None).AsTask()).ToList();
        first.SetResult();

        await Task.WhenAll(reads).WaitAsync(CacheHarness.Limit);

        Assert.That(harness.Storage.RevisionReads - before, Is.EqualTo(2));
    }

    [Test]
    public async Task ExactAsync_RevisionsOfTheHistory_AreServedAsTheyWere()
    {
        await using var harness = await new CacheHarness(new() { MinEvents = 4, FreshEvents = TimeSpan.Zero }).StartedAsync();
        harness.Put("a");
        harness.Put("b");
        harness.Storage.Put("/configmaps/default/x", CacheHarness.Json("x"));
        harness.Remove("a");
        await harness.SeenAsync(harness.Put("b", size: 2));

        foreach (var (revision, names) in new (long, string[])[]
        {
            (1, []), (2, ["a@2"]), (3, ["a@2", "b@3"]), (4, ["a@2", "b@3"]), (5, ["b@3"]), (6, ["b@6"]),
        })
        {
            var snapshot = await harness.Widgets.ExactAsync(revision, CancellationToken.None);
            Assert.That(Names(snapshot!), Is.EqualTo(names), $"at {revision}");
            Assert.That(snapshot!.Revision, Is.EqualTo(revision));
        }

        await harness.SeenAsync(harness.Put("c"));
        Assert.That(await harness.Widgets.ExactAsync(1, CancellationToken.None), Is.Null);
        Assert.That(Names((await harness.Widgets.ExactAsync(2, CancellationToken.None))!), Is.EqualTo(new[] { "a@2" }));
    }

    [Test]
    public async Task Load_WritesMeanwhile_AreNeitherLostNorTakenTwice()
    {
        await using var harness = new CacheHarness(null, TypeBox.Widgets);
        harness.Put("a");
        var read = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        harness.Storage.AfterList = () =>
        {
            read.TrySetResult();
            return go.Task;
        };
        harness.Caches.Start();
        await read.Task.WaitAsync(CacheHarness.Limit);
        harness.Put("b");
        harness.Remove("a");
        var last = harness.Put("b", size: 2);
        await harness.SeenAsync(last);
        Assert.That(harness.Widgets.IsReady, Is.False);
        Assert.That(harness.Caches.NotReady, Is.EqualTo(new[] { TypeBox.Widgets.GroupResource }));

        go.SetResult();
        var snapshot = await harness.Widgets.AnyAsync(CancellationToken.None).AsTask().WaitAsync(CacheHarness.Limit);

        Assert.That(Names(snapshot), Is.EqualTo(new[] { "b@5" }));
        Assert.That(snapshot.Revision, Is.EqualTo(last));
    }

    [Test]
    public async Task AnyAsync_NotLoadedInThreeSeconds_Fails429()
    {
        await using var harness = new CacheHarness(null, TypeBox.Widgets);
        harness.Storage.BeforeList = () => new TaskCompletionSource().Task;
        harness.Caches.Start();
        var read = harness.Widgets.AnyAsync(CancellationToken.None).AsTask();
        await harness.Clock.WaitForTimersAsync(2);
        harness.Clock.Advance(TimeSpan.FromSeconds(3));

        var error = (await Assert.ThrowsAsync<StatusException>(() => read.WaitAsync(CacheHarness.Limit)))!;
        Assert.That(error.Code, Is.EqualTo(429));
        Assert.That(error.Message, Is.EqualTo("storage is (re)initializing"));
    }

    [Test]
    public async Task Apply_ValueThatIsNoObject_IsLeftOut()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        harness.Put("a");
        harness.Put("b");
        var last = harness.Storage.Put(CacheHarness.Key("a"), "{");
        await harness.SeenAsync(last);

        var snapshot = await harness.Widgets.AnyAsync(CancellationToken.None);

        Assert.That(Names(snapshot), Is.EqualTo(new[] { "b@3" }));
        Assert.That(snapshot.Revision, Is.EqualTo(last));
    }
}
