using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.Conformance.Storage;

public abstract partial class StorageContract
{
    [Test]
    public async Task WatchAsync_FromAListedRevision_ReportsEveryLaterWriteInOrder()
    {
        var before = await CreateAsync("/a/1", "one");
        var revision = (await ListAsync("/a/")).Revision;
        await using var reader = Watch("/a/", revision);

        var updated = await UpdateAsync("/a/1", "two", before);
        var created = await CreateAsync("/a/2", "x");
        var deleted = await DeleteAsync("/a/1", updated);
        var events = await reader.NextAsync(3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(events.Select(Describe), Is.EqualTo(["/a/1: one -> two", "/a/2: none -> x", "/a/1: two -> none"]));
            Assert.That(events.Select(e => e.Revision), Is.EqualTo([updated, created, deleted]));
            Assert.That(events[0].Previous?.Revision, Is.EqualTo(before));
            Assert.That(events[2].IsDelete, Is.True);
        }
    }

    [Test]
    public async Task WatchAsync_FromThePast_ReplaysThenFollows()
    {
        var first = await CreateAsync("/a/1", "1");
        var revision = first;
        for (var i = 2; i <= 20; i++)
        {
            revision = await UpdateAsync("/a/1", $"{i}", revision);
        }

        await using var reader = Watch("/a/", first);
        await UpdateAsync("/a/1", "21", revision);

        var events = await reader.NextAsync(20);
        Assert.That(events.Select(Describe), Is.EqualTo(Enumerable.Range(1, 20).Select(i => $"/a/1: {i} -> {i + 1}")));
    }

    [Test]
    public async Task WatchAsync_Prefix_LeavesOutWhatOnlyLooksLikeIt()
    {
        var start = await CreateAsync("/0");
        await using var reader = Watch("/a/", start);

        foreach (var key in (string[])["/a", "/ab/1", "/a/1", "/a0", "/a/2", "/b/a/"])
        {
            await CreateAsync(key, "");
        }

        await CreateAsync("/a/3", "");
        Assert.That((await reader.NextAsync(3)).Select(e => e.Key), Is.EqualTo(["/a/1", "/a/2", "/a/3"]));
    }

    [Test]
    public async Task WatchAsync_CreateAfterDelete_HasNoPrevious()
    {
        var created = await CreateAsync("/a/1", "one");
        await DeleteAsync("/a/1", created);
        await CreateAsync("/a/1", "two");

        await using var reader = Watch("/a/", created);

        Assert.That((await reader.NextAsync(2)).Select(Describe), Is.EqualTo(["/a/1: one -> none", "/a/1: none -> two"]));
    }

    [Test]
    public async Task WatchAsync_RefusedWrites_AreNotReported()
    {
        var created = await CreateAsync("/a/1", "one");
        await using var reader = Watch("/a/", created);

        await Store.CreateAsync("/a/1", Bytes("no"), null, Limit);
        await Store.UpdateAsync("/a/1", Bytes("no"), created + 500, null, Limit);
        await Store.DeleteAsync("/a/1", created + 500, Limit);
        await CreateAsync("/a/2", "last");

        Assert.That(Describe(await reader.NextAsync()), Is.EqualTo("/a/2: none -> last"));
    }

    [Test]
    public async Task WatchAsync_CompactedRevision_IsRefused()
    {
        var first = await CreateAsync("/a/1", "1");
        var second = await UpdateAsync("/a/1", "2", first);
        var third = await UpdateAsync("/a/1", "3", second);
        var fourth = await UpdateAsync("/a/1", "4", third);
        await Store.CompactAsync(third, Limit);

        await using var compacted = Watch("/a/", first);
        await CatchAsync<RevisionCompactedException>(() => compacted.NextAsync());
        await using var kept = Watch("/a/", third);
        var next = await kept.NextAsync();

        Assert.That((Describe(next), next.Revision), Is.EqualTo(("/a/1: 3 -> 4", fourth)));
    }

    [Test]
    public async Task WatchAsync_CompactedWhileWatchingTheNewest_GoesOn()
    {
        var revision = await CreateAsync("/a/1", "0");
        await using var reader = Watch("/a/", revision);
        for (var i = 1; i <= 10; i++)
        {
            revision = await UpdateAsync("/a/1", $"{i}", revision);
            await reader.NextAsync();
            await Store.CompactAsync(revision, Limit);
        }

        await UpdateAsync("/a/1", "last", revision);
        Assert.That(Describe(await reader.NextAsync()), Is.EqualTo("/a/1: 10 -> last"));
    }

    [Test]
    public async Task WatchAsync_Cancelled_Ends()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Limit);
        var revision = await CreateAsync("/a/1");
        await using var batches = Store.WatchAsync("/a/", revision, stop.Token).GetAsyncEnumerator(Limit);
        var pending = batches.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThatAsync(() => pending.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task WatchAsync_OtherKeysWritten_ReportsProgressOnceAsked()
    {
        var start = await CreateAsync("/a/1");
        await using var reader = Watch("/a/", start);
        var elsewhere = await CreateAsync("/b/1");

        var revision = await Store.ReadRevisionAsync(Limit);
        var events = await reader.ThroughAsync(revision);

        Assert.That(revision, Is.GreaterThanOrEqualTo(elsewhere));
        Assert.That(events, Is.Empty);
    }

    [Test]
    public async Task ReadRevisionAsync_AfterAcknowledgedWrites_AWatchThatPassedItHasThem()
    {
        var start = await CreateAsync("/a/0");
        await using var reader = Watch("/a/", start);
        for (var i = 1; i <= 50; i++)
        {
            var written = await CreateAsync(i % 3 == 0 ? $"/b/{i}" : $"/a/{i}");
            var revision = await Store.ReadRevisionAsync(Limit);
            var events = await reader.ThroughAsync(revision);

            Assert.That(revision, Is.GreaterThanOrEqualTo(written));
            Assert.That(events.Select(e => e.Revision), i % 3 == 0 ? Is.Empty : Is.EqualTo([written]));
        }
    }

    [Test]
    public async Task WatchAsync_SlowReader_MissesNothingOrIsToldToComeBack()
    {
        var start = await CreateAsync("/a/0", "0");
        var slow = Watch("/a/", start);
        await CreateAsync("/a/1");
        await slow.NextAsync();
        var quick = Watch("/a/", start);
        var value = new string('x', 10_000);
        var last = start;
        for (var i = 0; i < 4000; i += 100)
        {
            var writes = await Task.WhenAll(Enumerable.Range(i, 100).Select(n => CreateAsync($"/a/slow-{n:0000}", value)));
            last = writes.Max();
        }

        var seenByQuick = await ReadThroughAsync(quick, "/a/", last);
        var seenBySlow = await ReadThroughAsync(slow, "/a/", last);

        Assert.That(seenByQuick, Has.Count.EqualTo(4001));
        Assert.That(seenBySlow, Is.EqualTo(seenByQuick.Skip(1)));
    }

    [Test]
    public async Task WatchAsync_StoreDisposed_EndsAsUnavailable()
    {
        var revision = await CreateAsync("/a/1");
        await using var reader = Watch("/a/", revision);
        var next = reader.NextAsync();

        await Store.DisposeAsync();

        await CatchAsync<StorageUnavailableException>(() => next.WaitAsync(Patience));
    }

    private EventReader Watch(string prefix, long afterRevision) => new(Store, prefix, afterRevision, Limit);

    /// <summary>The revisions of the events up to one, watching again whenever the store says that the reader is too far behind.</summary>
    private async Task<List<long>> ReadThroughAsync(EventReader reader, string prefix, long revision)
    {
        List<long> seen = [];
        var position = reader.Revision;
        while (true)
        {
            try
            {
                while (position < revision)
                {
                    var next = await reader.NextAsync();
                    seen.Add(next.Revision);
                    position = next.Revision;
                }

                await reader.DisposeAsync();
                return seen;
            }
            catch (StorageUnavailableException)
            {
                await reader.DisposeAsync();
                reader = Watch(prefix, position);
            }
        }
    }
}
