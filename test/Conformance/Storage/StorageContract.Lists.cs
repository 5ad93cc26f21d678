using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.Conformance.Storage;

public abstract partial class StorageContract
{
    [Test]
    public async Task ListAsync_EmptyStore_HasARevisionThatCanBeWatched()
    {
        var page = await ListAsync("/a/");

        Assert.That((page.Items.Count, page.More, page.Remaining), Is.EqualTo((0, false, 0L)));
        Assert.That(page.Revision, Is.Positive);
    }

    [Test]
    public async Task ListAsync_Prefix_ReturnsItsKeysOnlyInByteOrder()
    {
        foreach (var key in (string[])["/a/b", "/a", "/ab/1", "/a/B", "/a/a/x", "/a0", "/a/", "/a/~", "/a-/1", "/b/1"])
        {
            await CreateAsync(key, "");
        }

        var inside = await ListAsync("/a/");
        var all = await ListAsync("/a");

        Assert.That(Contents(inside), Is.EqualTo(["/a/=", "/a/B=", "/a/a/x=", "/a/b=", "/a/~="]));
        Assert.That(Contents(all), Is.EqualTo(["/a=", "/a-/1=", "/a/=", "/a/B=", "/a/a/x=", "/a/b=", "/a/~=", "/a0=", "/ab/1="]));
    }

    [Test]
    public async Task ListAsync_RootPrefix_ReturnsEverything()
    {
        await CreateAsync("/a/1");
        await CreateAsync("/~/1");

        Assert.That((await ListAsync("/")).Items, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ListAsync_StartKey_BeginsThere()
    {
        foreach (var key in (string[])["/a/1", "/a/2", "/a/3", "/b/1"])
        {
            await CreateAsync(key, "");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Contents(await ListAsync("/a/", startKey: "/a/2")), Is.EqualTo(["/a/2=", "/a/3="]));
            Assert.That(Contents(await ListAsync("/a/", startKey: "/a/2\0")), Is.EqualTo(["/a/3="]));
            Assert.That(Contents(await ListAsync("/a/", startKey: "/")), Is.EqualTo(["/a/1=", "/a/2=", "/a/3="]));
            Assert.That(Contents(await ListAsync("/a/", startKey: "/b/")), Is.Empty);
        }
    }

    [Test]
    public async Task ListAsync_Limit_TellsWhatRemains()
    {
        for (var i = 0; i < 5; i++)
        {
            await CreateAsync($"/a/{i}");
        }

        var two = await ListAsync("/a/", limit: 2);
        var last = await ListAsync("/a/", limit: 2, startKey: "/a/3");
        var exact = await ListAsync("/a/", limit: 5);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((two.Items.Count, two.More, two.Remaining), Is.EqualTo((2, true, 3L)));
            Assert.That((last.Items.Count, last.More, last.Remaining), Is.EqualTo((2, false, 0L)));
            Assert.That((exact.Items.Count, exact.More, exact.Remaining), Is.EqualTo((5, false, 0L)));
        }
    }

    [Test]
    public async Task ListAsync_PagesOfOneRevisionWhileWriting_ShowTheSnapshot()
    {
        Dictionary<string, long> revisions = [];
        for (var i = 0; i < 50; i++)
        {
            revisions[$"/a/{i:00}"] = await CreateAsync($"/a/{i:00}", "old");
        }

        var page = await ListAsync("/a/", limit: 7);
        var revision = page.Revision;
        List<string> seen = [.. Contents(page)];
        for (var round = 0; page.More; round++)
        {
            await UpdateAsync($"/a/{40 + round:00}", "new", revisions[$"/a/{40 + round:00}"]);
            await DeleteAsync($"/a/{30 + round:00}", revisions[$"/a/{30 + round:00}"]);
            await CreateAsync($"/a/{20 + round:00}-new", "new");
            page = await ListAsync("/a/", revision, limit: 7, startKey: page.Items[^1].Key + "\0");
            Assert.That(page.Revision, Is.EqualTo(revision));
            seen.AddRange(Contents(page));
            Assert.That(page.Remaining, Is.EqualTo(50 - seen.Count));
        }

        Assert.That(seen, Is.EqualTo(revisions.Keys.Order(StringComparer.Ordinal).Select(key => $"{key}=old")));
    }

    [Test]
    public async Task ListAsync_OldRevisions_ShowWhatWasThen()
    {
        var first = await CreateAsync("/a/1", "one");
        var second = await UpdateAsync("/a/1", "two", first);
        var other = await CreateAsync("/a/2", "x");
        var third = await DeleteAsync("/a/1", second);
        var fourth = await CreateAsync("/a/1", "three");
        var fifth = await DeleteAsync("/a/1", fourth);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Contents(await ListAsync("/a/", first)), Is.EqualTo(["/a/1=one"]));
            Assert.That(Contents(await ListAsync("/a/", second)), Is.EqualTo(["/a/1=two"]));
            Assert.That(Contents(await ListAsync("/a/", other)), Is.EqualTo(["/a/1=two", "/a/2=x"]));
            Assert.That(Contents(await ListAsync("/a/", third)), Is.EqualTo(["/a/2=x"]));
            Assert.That(Contents(await ListAsync("/a/", fourth)), Is.EqualTo(["/a/1=three", "/a/2=x"]));
            Assert.That(Contents(await ListAsync("/a/", fifth)), Is.EqualTo(["/a/2=x"]));
            Assert.That((await ListAsync("/a/", second)).Items[0].Revision, Is.EqualTo(second));
        }
    }

    [Test]
    public async Task ListAsync_RevisionNotReached_IsRefused()
    {
        var revision = await CreateAsync("/a/1");

        var error = await CatchAsync<RevisionTooLargeException>(() => ListAsync("/a/", revision + 1000));

        Assert.That(error.Requested, Is.EqualTo(revision + 1000));
    }

    [Test]
    public async Task CompactAsync_OlderLists_AreRefusedAndNewerOnesAreNot()
    {
        var first = await CreateAsync("/a/1", "one");
        var kept = await CreateAsync("/a/2", "kept");
        var second = await UpdateAsync("/a/1", "two", first);
        var third = await UpdateAsync("/a/1", "three", second);
        var fourth = await DeleteAsync("/a/1", third);

        await Store.CompactAsync(third, Limit);
        await Store.CompactAsync(first, Limit);

        var error = await CatchAsync<RevisionCompactedException>(() => ListAsync("/a/", second));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Requested, Is.EqualTo(second));
            Assert.That(error.Oldest, Is.EqualTo(third).Or.Zero);
            Assert.That(Contents(await ListAsync("/a/", third)), Is.EqualTo(["/a/1=three", "/a/2=kept"]));
            Assert.That(Contents(await ListAsync("/a/", fourth)), Is.EqualTo(["/a/2=kept"]));
            Assert.That((await Store.GetAsync("/a/2", Limit))?.Revision, Is.EqualTo(kept));
        }
    }

    [Test]
    public async Task CompactAsync_DeletedKey_CanBeMadeAnew()
    {
        var deleted = await DeleteAsync("/a/1", await CreateAsync("/a/1", "one"));
        var last = await CreateAsync("/a/2");
        await Store.CompactAsync(last, Limit);

        var again = await CreateAsync("/a/1", "two");

        Assert.That(again, Is.GreaterThan(deleted));
        Assert.That(Contents(await ListAsync("/a/", last)), Is.EqualTo(["/a/2=v"]));
        Assert.That(Contents(await ListAsync("/a/", again)), Is.EqualTo(["/a/1=two", "/a/2=v"]));
    }

    [Test]
    public async Task CompactAsync_RevisionNotReached_IsRefused()
    {
        var revision = await CreateAsync("/a/1");

        await CatchAsync<RevisionTooLargeException>(() => Store.CompactAsync(revision + 1000, Limit));
    }

    private static async Task<T> CatchAsync<T>(Func<Task> action)
        where T : Exception
    {
        try
        {
            await action();
        }
        catch (T e)
        {
            return e;
        }

        throw new AssertionException($"no {typeof(T).Name} was thrown");
    }
}
