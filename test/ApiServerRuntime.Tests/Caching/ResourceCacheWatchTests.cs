using System.Text;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Registry;
using static KubeFed.ApiServerRuntime.Tests.Caching.CacheHarness;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

[Parallelizable(ParallelScope.All)]
public sealed class ResourceCacheWatchTests
{
    [Test]
    public async Task ReadAsync_WritesAfterARevision_ComeInOrder()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        harness.Put("a");
        harness.Put("b");
        await harness.SeenAsync(harness.Put("a", size: 1));
        await using var watch = await harness.WatchAfterAsync(2);
        Assert.That(await ReadAsync(watch, 2), Is.EqualTo(new[] { "Added b 3", "Modified a 4" }));

        harness.Remove("b");
        Assert.That(await ReadAsync(watch, 1), Is.EqualTo(new[] { "Deleted b 5" }));
    }

    [Test]
    public async Task ReadAsync_InitialEvents_EndWithTheirBookmark()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        harness.Put("a", app: "x");
        harness.Put("b");
        await harness.SeenAsync(harness.Put("c", app: "x"));
        await using var watch = await harness.WatchAsync(new()
        {
            KeyPrefix = TypeBox.Widgets.KeyPrefix,
            NotOlderThan = null,
            Matches = App("x"),
            SendInitialEventsEnd = true,
        });

        var events = await watch.ReadAsync(CancellationToken.None);

        Assert.That(events.Select(Describe), Is.EqualTo(new[] { "Added a 2", "Added c 4", "Bookmark 4" }));
        Assert.That(events[2].Payload.InitialEventsEnd);
        Assert.That(
            Encoding.UTF8.GetString(events[2].Payload.Object.Utf8Json.Span),
            Is.EqualTo("""{"kind":"Widget","apiVersion":"demo.example.dev/v1","metadata":{"resourceVersion":"4","annotations":{"k8s.io/initial-events-end":"true"}}}"""));
        harness.Put("d", app: "x");
        Assert.That(await ReadAsync(watch, 1), Is.EqualTo(new[] { "Added d 5" }));
    }

    [Test]
    public async Task ReadAsync_ManyInitialEvents_JoinTheLiveOnes()
    {
        await using var harness = new CacheHarness();
        for (var i = 0; i < 1200; i++)
        {
            harness.Put($"w{i:D4}");
        }

        await harness.StartedAsync();
        await using var watch = await harness.WatchAsync();
        var first = await watch.ReadAsync(CancellationToken.None);
        var last = harness.Remove("w0000");
        await harness.SeenAsync(last);
        var rest = await ReadAsync(watch, 701);

        Assert.That(first, Has.Count.EqualTo(500));
        Assert.That(rest, Has.Count.EqualTo(701));
        Assert.That(rest[^1], Is.EqualTo($"Deleted w0000 {last}"));
    }

    [Test]
    public async Task ReadAsync_SelectorTransitions_AreAddedModifiedDeleted()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        await using var live = await harness.WatchAfterAsync(1, matches: App("x"));
        harness.Put("a");
        harness.Put("a", app: "x", size: 1);
        harness.Put("a", app: "x", size: 2);
        harness.Put("a", app: "y", size: 3);
        harness.Put("a", app: "x", size: 4);
        await harness.SeenAsync(harness.Remove("a"));

        string[] expected = ["Added a 3", "Modified a 4", "Deleted a 5", "Added a 6", "Deleted a 7"];
        Assert.That(await ReadAsync(live, 5), Is.EqualTo(expected));
        await using var replayed = await harness.WatchAfterAsync(1, matches: App("x"));
        var events = await replayed.ReadAsync(CancellationToken.None);
        Assert.That(events.Select(Describe), Is.EqualTo(expected));
        Assert.That(events[2].Payload.Object.GetNode("size")!.GetValue<int>(), Is.EqualTo(2), "a deletion carries what was there before");
    }

    [Test]
    public async Task ReadAsync_Scopes_SeeTheirOwn()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        await using var inNamespace = await harness.WatchAfterAsync(1, TypeBox.Widgets.KeyPrefixOf("default"));
        await using var one = await harness.WatchAfterAsync(1, Key("a"));
        harness.Put("ab");
        harness.Put("a", "default2");
        harness.Put("a");
        await harness.SeenAsync(harness.Storage.Put(TypeBox.Gadgets.KeyOf("default", "a"), Json("a")));

        Assert.That(await ReadAsync(inNamespace, 2), Is.EqualTo(new[] { "Added ab 2", "Added a 4" }));
        Assert.That(await ReadAsync(one, 1), Is.EqualTo(new[] { "Added a 4" }));
        await using var replayed = await harness.WatchAfterAsync(1, Key("a"));
        Assert.That(await ReadAsync(replayed, 1), Is.EqualTo(new[] { "Added a 4" }));
        await using var initial = await harness.WatchAsync(new() { KeyPrefix = Key("a") });
        Assert.That(await ReadAsync(initial, 1), Is.EqualTo(new[] { "Added a 4" }));
    }

    [Test]
    public async Task ReadAsync_SeveralWatches_ShareThePayload()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        await using var a = await harness.WatchAfterAsync(1);
        await using var b = await harness.WatchAfterAsync(1, matches: App("x"));
        harness.Put("a", app: "x");
        harness.Put("a");
        await harness.SeenAsync(harness.Remove("a"));

        var (ofA, ofB) = (await a.ReadAsync(CancellationToken.None), await b.ReadAsync(CancellationToken.None));
        await using var c = await harness.WatchAfterAsync(1, matches: App("x"));
        var ofC = await c.ReadAsync(CancellationToken.None);

        Assert.That(ofB[0].Payload, Is.SameAs(ofA[0].Payload));
        Assert.That(ofC[0].Payload, Is.SameAs(ofA[0].Payload));
        Assert.That(ofC[1].Payload, Is.SameAs(ofB[1].Payload));
        var made = 0;
        foreach (var payload in new[] { ofA[0].Payload, ofB[0].Payload, ofC[0].Payload })
        {
            payload.Encoded("json", WatchEventType.Added, (p, _) =>
            {
                made++;
                return p.Object.Utf8Json;
            });
        }

        Assert.That(made, Is.EqualTo(1));
    }

    [Test]
    public async Task WatchAsync_ForgottenRevision_Fails410()
    {
        await using var harness = await new CacheHarness(new() { MinEvents = 4, FreshEvents = TimeSpan.Zero }).StartedAsync();
        for (var i = 0; i < 6; i++)
        {
            harness.Put("a", size: i);
        }

        await harness.SeenAsync(7);
        var error = (await Assert.ThrowsAsync<StatusException>(() => harness.WatchAfterAsync(2)))!;
        Assert.That(error.Message, Is.EqualTo("too old resource version: 2 (3)"));
        Assert.That(error.IsExpired);
        await using var watch = await harness.WatchAfterAsync(3);
        Assert.That(await ReadAsync(watch, 4), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task WatchAsync_FutureRevision_Fails504AfterThreeSeconds()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        var watch = harness.Widgets.WatchAsync(new() { KeyPrefix = TypeBox.Widgets.KeyPrefix, AfterRevision = 99 }, CancellationToken.None).AsTask();
        await harness.Clock.WaitForTimersAsync(2);
        harness.Clock.Advance(TimeSpan.FromSeconds(3));
        var error = (await Assert.ThrowsAsync<StatusException>(() => watch.WaitAsync(Limit)))!;
        Assert.That(error.Message, Is.EqualTo("Timeout: Too large resource version: 99, current: 1"));
    }

    [Test]
    public async Task ReadAsync_FullQueue_GoesOnFromTheHistory()
    {
        await using var harness = await new CacheHarness(new() { WatchQueueLength = 3 }).StartedAsync();
        await using var slow = await harness.WatchAfterAsync(1);
        var first = slow.ReadAsync(CancellationToken.None).AsTask();
        harness.Put("a");
        await first.WaitAsync(Limit);
        for (var i = 0; i < 20; i++)
        {
            harness.Put("a", size: i);
        }

        await harness.SeenAsync(22);
        Assert.That(await ReadAsync(slow, 20), Is.EqualTo(Enumerable.Range(3, 20).Select(i => $"Modified a {i}")));
        harness.Put("a");
        Assert.That(await ReadAsync(slow, 1), Is.EqualTo(new[] { "Modified a 23" }));
    }

    [Test]
    public async Task ReadAsync_SlowerThanTheHistory_EndsInOrder()
    {
        await using var harness = await new CacheHarness(new() { WatchQueueLength = 3, MinEvents = 4, FreshEvents = TimeSpan.Zero }).StartedAsync();
        await using var slow = await harness.WatchAfterAsync(1);
        var first = slow.ReadAsync(CancellationToken.None).AsTask();
        harness.Put("a");
        await first.WaitAsync(Limit);
        for (var i = 0; i < 20; i++)
        {
            harness.Put("a", size: i);
        }

        await harness.SeenAsync(22);
        Assert.That(await ReadAsync(slow, 1), Is.EqualTo(new[] { "END" }));
        Assert.That(await ReadAsync(slow, 1), Is.EqualTo(new[] { "END" }), "the end stays");
    }

    [Test]
    public async Task ReadAsync_SelectorThatThrows_FailsThisWatchOnly()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        await using var broken = await harness.WatchAfterAsync(1, matches: _ => throw new InvalidOperationException("oh"));
        await using var sound = await harness.WatchAfterAsync(1);
        var read = broken.ReadAsync(CancellationToken.None).AsTask();
        var soundRead = sound.ReadAsync(CancellationToken.None).AsTask();
        harness.Put("a");

        Assert.That((await Assert.ThrowsAsync<StatusException>(() => read.WaitAsync(Limit)))!.Code, Is.EqualTo(500));
        Assert.That((await soundRead.WaitAsync(Limit)).Select(Describe), Is.EqualTo(new[] { "Added a 2" }));
    }

    [Test]
    public async Task ReadAsync_Cancelled_LosesNothing()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        await using var watch = await harness.WatchAfterAsync(1);
        using var cancel = new CancellationTokenSource();
        var read = watch.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.That(async () => await read.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
        harness.Put("a");
        Assert.That(await ReadAsync(watch, 1), Is.EqualTo(new[] { "Added a 2" }));
    }

    [Test]
    public async Task DrainAsync_OpenWatches_EndInOrderAfterWhatIsQueued()
    {
        await using var harness = await new CacheHarness().StartedAsync();
        IResourceWatch waiting = await harness.WatchAfterAsync(1), behind = await harness.WatchAfterAsync(1);
        var first = behind.ReadAsync(CancellationToken.None).AsTask();
        harness.Put("a");
        await first.WaitAsync(Limit);
        Assert.That(await ReadAsync(waiting, 1), Has.Count.EqualTo(1));
        var read = waiting.ReadAsync(CancellationToken.None).AsTask();
        harness.Put("b");
        Assert.That((await read.WaitAsync(Limit)).Select(Describe), Is.EqualTo(new[] { "Added b 3" }));
        read = waiting.ReadAsync(CancellationToken.None).AsTask();

        var drained = harness.Caches.DrainAsync(CancellationToken.None);

        Assert.That(await read.WaitAsync(Limit), Is.Empty);
        Assert.That(await ReadAsync(behind, 2), Is.EqualTo(new[] { "Added b 3", "END" }));
        Assert.That(drained.IsCompleted, Is.False);
        await waiting.DisposeAsync();
        await behind.DisposeAsync();
        await drained.WaitAsync(Limit);
        Assert.That((await Assert.ThrowsAsync<StatusException>(() => harness.WatchAsync()))!.Code, Is.EqualTo(503));
        Assert.That((await harness.Widgets.AnyAsync(CancellationToken.None)).Count, Is.EqualTo(2));
    }
}
